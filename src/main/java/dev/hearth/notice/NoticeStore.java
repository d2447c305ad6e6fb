package dev.hearth.notice;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// `notice_room(user_id, room_id)`: where each user is told what the server has to say.
final class NoticeStore {

    private static final String FIND =
            """
            SELECT room_id FROM notice_room WHERE user_id = ?
            """;
    private static final String UPDATE =
            """
            UPDATE notice_room SET room_id = ? WHERE user_id = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO notice_room(room_id, user_id) VALUES (?, ?)
            """;

    Optional<RoomId> find(Reading reading, UserId user) {
        return reading.find(FIND, row -> RoomId.parse(row.string("room_id")), user);
    }

    void put(Transaction tx, UserId user, RoomId room) {
        if (tx.execute(UPDATE, room, user) == 0) {
            tx.execute(INSERT, room, user);
        }
    }
}
