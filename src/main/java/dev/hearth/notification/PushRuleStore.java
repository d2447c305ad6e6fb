package dev.hearth.notification;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonWriter;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.HashMap;
import java.util.Map;

/// `push_rules(user_id, own, position)`: what users changed about their push rules, a row for each
/// who did.
final class PushRuleStore {

    private static final String FIND =
            """
            SELECT own, position FROM push_rules WHERE user_id = ?
            """;
    private static final String CHANGED =
            """
            SELECT user_id, position FROM push_rules
            """;
    private static final String UPDATE =
            """
            UPDATE push_rules SET own = ?, position = ? WHERE user_id = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO push_rules(own, position, user_id) VALUES (?, ?, ?)
            """;
    private static final String DELETE =
            """
            DELETE FROM push_rules WHERE user_id = ?
            """;

    /// @param position of the last change; 0 if there never was one
    record Stored(OwnRules own, long position) {
        static final Stored NOTHING = new Stored(OwnRules.NONE, 0);
    }

    Stored find(Reading reading, UserId user) {
        return reading.find(FIND, PushRuleStore::read, user).orElse(Stored.NOTHING);
    }

    private static Stored read(Row row) {
        return new Stored(
                new OwnRules(JsonReader.readObject(row.bytes("own"))), row.integer("position"));
    }

    /// Who changed something, and when last.
    Map<UserId, Long> changed(Reading reading) {
        var changed = new HashMap<UserId, Long>();
        reading.each(
                CHANGED,
                row -> changed.put(UserId.parse(row.string("user_id")), row.integer("position")));
        return changed;
    }

    void put(Transaction tx, UserId user, Stored stored) {
        var own = JsonWriter.writeBytes(stored.own().json());
        if (tx.execute(UPDATE, own, stored.position(), user) == 0) {
            tx.execute(INSERT, own, stored.position(), user);
        }
    }

    void delete(Transaction tx, UserId user) {
        tx.execute(DELETE, user);
    }
}
