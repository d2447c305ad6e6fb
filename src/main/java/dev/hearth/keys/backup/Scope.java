package dev.hearth.keys.backup;

import dev.hearth.identifier.RoomId;

/// Which part of a backup is read or deleted.
sealed interface Scope {

    record Everything() implements Scope {}

    record OneRoom(RoomId room) implements Scope {}

    record OneSession(Session session) implements Scope {}
}
