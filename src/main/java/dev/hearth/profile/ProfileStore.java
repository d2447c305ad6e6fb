package dev.hearth.profile;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonValue;
import dev.hearth.json.JsonWriter;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// `profile_field(user_id, name, field_value)`, where the value is JSON.
final class ProfileStore {

    private static final String FIND =
            """
            SELECT field_value FROM profile_field WHERE user_id = ? AND name = ?
            """;
    private static final String ALL =
            """
            SELECT name, field_value FROM profile_field WHERE user_id = ? ORDER BY user_id, name
            """;
    private static final String UPDATE =
            """
            UPDATE profile_field SET field_value = ? WHERE user_id = ? AND name = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO profile_field(field_value, user_id, name) VALUES (?, ?, ?)
            """;
    private static final String DELETE =
            """
            DELETE FROM profile_field WHERE user_id = ? AND name = ?
            """;
    private static final String DELETE_ALL =
            """
            DELETE FROM profile_field WHERE user_id = ?
            """;

    Optional<JsonValue> find(Reading reading, UserId user, String name) {
        return reading.find(FIND, ProfileStore::value, user, name);
    }

    JsonObject all(Reading reading, UserId user) {
        var fields = JsonObject.builder();
        reading.each(ALL, row -> fields.put(row.string("name"), value(row)), user);
        return fields.build();
    }

    void put(Transaction tx, UserId user, String name, JsonValue value) {
        var bytes = JsonWriter.writeBytes(value);
        if (tx.execute(UPDATE, bytes, user, name) == 0) {
            tx.execute(INSERT, bytes, user, name);
        }
    }

    void delete(Transaction tx, UserId user, String name) {
        tx.execute(DELETE, user, name);
    }

    void deleteAll(Transaction tx, UserId user) {
        tx.execute(DELETE_ALL, user);
    }

    private static JsonValue value(Row row) {
        return JsonReader.read(row.bytes("field_value"));
    }
}
