package dev.hearth.identifier;

import java.util.Optional;

/// A room. Up to room version 11 it names a server, which says nothing about where the room is;
/// from 12 on it is a hash and names none.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#room-ids Room IDs
public record RoomId(String value) {

    public RoomId {
        Grammar.check("room ID", '!', value);
    }

    public static RoomId parse(String text) {
        return new RoomId(text);
    }

    public static Optional<RoomId> find(String text) {
        try {
            return Optional.of(new RoomId(text));
        } catch (InvalidIdentifierException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
