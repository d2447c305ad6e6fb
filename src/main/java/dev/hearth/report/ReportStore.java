package dev.hearth.report;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `report(number, reporter, room_id, event_id, user_id, reason, received_at)`: of an event if
/// there are a room and an event, of a room if there is only that, else of a user.
final class ReportStore {

    private static final String LAST =
            """
            SELECT MAX(number) AS number FROM report
            """;
    private static final String INSERT =
            """
            INSERT INTO report(number, reporter, room_id, event_id, user_id, reason, received_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String NEWEST =
            """
            SELECT number, reporter, room_id, event_id, user_id, reason, received_at FROM report
            WHERE number < ? ORDER BY number DESC LIMIT ?
            """;

    void insert(Transaction tx, Report report) {
        long last = tx.find(LAST, row -> row.findInteger("number").orElse(0L)).orElse(0L);
        tx.execute(
                INSERT,
                last + 1,
                report.reporter(),
                report.room(),
                report.event(),
                report.user(),
                report.reason(),
                report.time().toEpochMilli());
    }

    List<Reports.Numbered> newest(Reading reading, long before, int limit) {
        return reading.list(NEWEST, ReportStore::numbered, before, limit);
    }

    private static Reports.Numbered numbered(Row row) {
        var report =
                new Report(
                        UserId.parse(row.string("reporter")),
                        subject(row),
                        row.string("reason"),
                        Instant.ofEpochMilli(row.integer("received_at")));
        return new Reports.Numbered(row.integer("number"), report);
    }

    private static Report.Subject subject(Row row) {
        Optional<RoomId> room = row.findString("room_id").map(RoomId::parse);
        if (room.isEmpty()) {
            return new Report.OfUser(UserId.parse(row.string("user_id")));
        }
        return row.findString("event_id")
                .map(EventId::parse)
                .<Report.Subject>map(event -> new Report.OfEvent(room.get(), event))
                .orElseGet(() -> new Report.OfRoom(room.get()));
    }
}
