package dev.hearth.keys.backup;

import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonReader;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.Optional;
import java.util.function.BiConsumer;

/// `backed_up_key(id, backup, room, session, first_message_index, forwarded_count, verified,
/// body)`: the keys in the backups.
final class BackedUpKeyStore {

    private static final String FIND =
            """
            SELECT room, session, first_message_index, forwarded_count, verified, body
            FROM backed_up_key WHERE backup = ? AND room = ? AND session = ?
            """;

    private static final String OF_ROOM =
            """
            SELECT room, session, first_message_index, forwarded_count, verified, body
            FROM backed_up_key WHERE backup = ? AND room = ?
            """;

    private static final String ALL =
            """
            SELECT room, session, first_message_index, forwarded_count, verified, body
            FROM backed_up_key WHERE backup = ?
            """;

    private static final String INSERT =
            """
            INSERT INTO backed_up_key
            (id, backup, room, session, first_message_index, forwarded_count, verified, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE =
            """
            UPDATE backed_up_key
            SET first_message_index = ?, forwarded_count = ?, verified = ?, body = ?
            WHERE backup = ? AND room = ? AND session = ?
            """;

    private static final String DELETE =
            """
            DELETE FROM backed_up_key WHERE backup = ? AND room = ? AND session = ?
            """;

    private static final String DELETE_OF_ROOM =
            """
            DELETE FROM backed_up_key WHERE backup = ? AND room = ?
            """;

    private static final String DELETE_ALL =
            """
            DELETE FROM backed_up_key WHERE backup = ?
            """;

    Optional<BackedUpKey> find(Reading reading, Backup backup, Session session) {
        return reading.find(
                FIND, BackedUpKeyStore::read, backup.id(), session.room(), session.id());
    }

    /// Hands over every key in this part of the backup with its session.
    void each(
            Reading reading, Backup backup, Scope scope, BiConsumer<Session, BackedUpKey> action) {
        switch (scope) {
            case Scope.Everything() ->
                    reading.each(ALL, row -> action.accept(session(row), read(row)), backup.id());
            case Scope.OneRoom(var room) ->
                    reading.each(
                            OF_ROOM,
                            row -> action.accept(session(row), read(row)),
                            backup.id(),
                            room);
            case Scope.OneSession(var session) ->
                    find(reading, backup, session).ifPresent(key -> action.accept(session, key));
        }
    }

    void insert(Transaction tx, Backup backup, Session session, BackedUpKey key) {
        tx.execute(
                INSERT,
                tx.nextPosition(),
                backup.id(),
                session.room(),
                session.id(),
                key.firstMessageIndex(),
                key.forwardedCount(),
                key.verified(),
                key.data());
    }

    void update(Transaction tx, Backup backup, Session session, BackedUpKey key) {
        tx.execute(
                UPDATE,
                key.firstMessageIndex(),
                key.forwardedCount(),
                key.verified(),
                key.data(),
                backup.id(),
                session.room(),
                session.id());
    }

    /// Deletes this part of a backup and tells how many keys it held.
    int delete(Transaction tx, Backup backup, Scope scope) {
        return switch (scope) {
            case Scope.Everything() -> tx.execute(DELETE_ALL, backup.id());
            case Scope.OneRoom(var room) -> tx.execute(DELETE_OF_ROOM, backup.id(), room);
            case Scope.OneSession(var session) ->
                    tx.execute(DELETE, backup.id(), session.room(), session.id());
        };
    }

    private static Session session(Row row) {
        return new Session(RoomId.parse(row.string("room")), row.string("session"));
    }

    private static BackedUpKey read(Row row) {
        return new BackedUpKey(
                row.integer("first_message_index"),
                row.integer("forwarded_count"),
                row.bool("verified"),
                JsonReader.read(row.string("body")));
    }
}
