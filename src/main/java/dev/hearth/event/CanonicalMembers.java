package dev.hearth.event;

import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The canonical form of an object, member by member. An event is hashed, signed and stored in
/// forms that differ in a few members: so each member is written once.
final class CanonicalMembers {

    private final Map<String, byte[]> members = new TreeMap<>(CanonicalJson.BY_CODE_POINT);

    CanonicalMembers(JsonObject object) {
        object.members().forEach(this::put);
    }

    void put(String key, JsonValue value) {
        members.put(key, CanonicalJson.writeLenient(value));
    }

    /// The canonical form of the object without some members.
    byte[] without(String... keys) {
        var left = Set.of(keys);
        return bytes(key -> !left.contains(key), Map.of());
    }

    /// The canonical form of the members that are in another object as well, one of which has
    /// another value there.
    byte[] asIn(JsonObject other, String changed) {
        return bytes(other::has, Map.of(changed, CanonicalJson.writeLenient(other.get(changed))));
    }

    private byte[] bytes(Predicate<String> wanted, Map<String, byte[]> instead) {
        var bytes = new ByteArrayOutputStream(1_024);
        bytes.write('{');
        members.forEach((key, value) -> {
            if (wanted.test(key)) {
                if (bytes.size() > 1) {
                    bytes.write(',');
                }
                bytes.writeBytes(CanonicalJson.writeLenient(new JsonString(key)));
                bytes.write(':');
                bytes.writeBytes(instead.getOrDefault(key, value));
            }
        });
        bytes.write('}');
        return bytes.toByteArray();
    }
}
