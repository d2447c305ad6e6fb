package dev.hearth.keys;

import static dev.hearth.error.MatrixException.badJson;

import dev.hearth.identifier.KeyId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.signing.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A one-time or fallback key.
///
/// @param value the key alone or, for signed algorithms, an object that holds it
/// @spec https://spec.matrix.org/v1.19/client-server-api/#one-time-and-fallback-keys One-time and
///   fallback keys
record OneTimeKey(KeyId id, JsonValue value) {

    /// Reads the keys of an upload, by their IDs.
    static List<OneTimeKey> parseAll(JsonObject keys) {
        return keys.keys().stream().map(id -> parse(id, keys.get(id))).toList();
    }

    private static OneTimeKey parse(String id, JsonValue value) {
        if (value instanceof JsonObject || value instanceof JsonString) {
            return new OneTimeKey(KeyId.parse(id), value);
        }
        throw badJson("The key " + id + " is neither text nor an object");
    }

    static OneTimeKey stored(String id, String value) {
        return new OneTimeKey(KeyId.parse(id), JsonReader.read(value));
    }

    /// By what a key is known again after it was given away.
    byte[] digest() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((id + "\0").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(CanonicalJson.writeLenient(value));
        return Sha256.hash(bytes.toByteArray());
    }
}
