package dev.hearth.accountdata;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonWriter;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `account_datum(user_id, room_id, type, content, position)`, where an empty room means global,
/// and `filter(user_id, number, content)`, numbered from 0 for each user.
final class AccountDataStore {

    private static final String GLOBAL = "";

    private static final String FIND =
            """
            SELECT content FROM account_datum WHERE user_id = ? AND room_id = ? AND type = ?
            """;
    private static final String UPDATE =
            """
            UPDATE account_datum SET content = ?, position = ?
            WHERE user_id = ? AND room_id = ? AND type = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO account_datum(content, position, user_id, room_id, type)
            VALUES (?, ?, ?, ?, ?)
            """;
    private static final String SINCE =
            """
            SELECT room_id, type, content FROM account_datum
            WHERE user_id = ? AND position > ? AND position <= ?
            ORDER BY user_id, position
            """;
    private static final String COUNT =
            """
            SELECT COUNT(*) AS n FROM account_datum WHERE user_id = ?
            """;
    private static final String FIND_FILTER =
            """
            SELECT content FROM filter WHERE user_id = ? AND number = ?
            """;
    private static final String FILTERS =
            """
            SELECT number, content FROM filter WHERE user_id = ? ORDER BY user_id, number
            """;
    private static final String INSERT_FILTER =
            """
            INSERT INTO filter(user_id, number, content) VALUES (?, ?, ?)
            """;

    private static final String DELETE_ALL =
            """
            DELETE FROM account_datum WHERE user_id = ?
            """;
    private static final String DELETE_FILTERS =
            """
            DELETE FROM filter WHERE user_id = ?
            """;

    record StoredFilter(long number, JsonObject content) {}

    Optional<JsonObject> find(Reading reading, UserId user, Optional<RoomId> room, String type) {
        return reading.find(FIND, AccountDataStore::content, user, key(room), type);
    }

    void put(Transaction tx, UserId user, Optional<RoomId> room, AccountDatum datum) {
        var content = JsonWriter.writeBytes(datum.content());
        long position = tx.nextPosition();
        if (tx.execute(UPDATE, content, position, user, key(room), datum.type()) == 0) {
            tx.execute(INSERT, content, position, user, key(room), datum.type());
        }
    }

    long count(Reading reading, UserId user) {
        return reading.find(COUNT, row -> row.integer("n"), user).orElse(0L);
    }

    Changes since(Reading reading, UserId user, long since, long upTo) {
        var global = new ArrayList<AccountDatum>();
        var rooms = new LinkedHashMap<RoomId, List<AccountDatum>>();
        reading.each(
                SINCE,
                row -> {
                    var datum = new AccountDatum(row.string("type"), content(row));
                    var room = row.string("room_id");
                    if (room.equals(GLOBAL)) {
                        global.add(datum);
                    } else {
                        rooms.computeIfAbsent(RoomId.parse(room), _ -> new ArrayList<>())
                                .add(datum);
                    }
                },
                user,
                since,
                upTo);
        return new Changes(global, rooms);
    }

    /// What changed, global and by room.
    record Changes(List<AccountDatum> global, Map<RoomId, List<AccountDatum>> rooms) {}

    Optional<JsonObject> findFilter(Reading reading, UserId user, long number) {
        return reading.find(FIND_FILTER, AccountDataStore::content, user, number);
    }

    List<StoredFilter> filters(Reading reading, UserId user) {
        return reading.list(
                FILTERS, row -> new StoredFilter(row.integer("number"), content(row)), user);
    }

    void insertFilter(Transaction tx, UserId user, StoredFilter filter) {
        tx.execute(INSERT_FILTER, user, filter.number(), JsonWriter.writeBytes(filter.content()));
    }

    private static String key(Optional<RoomId> room) {
        return room.map(RoomId::value).orElse(GLOBAL);
    }

    private static JsonObject content(Row row) {
        return JsonReader.readObject(row.bytes("content"));
    }

    void deleteAll(Transaction tx, UserId user) {
        tx.execute(DELETE_ALL, user);
        tx.execute(DELETE_FILTERS, user);
    }
}
