package dev.hearth.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The canonical form of an object, member by member. An event is hashed, signed and stored in
/// forms that differ in a few members: so each member is written once. For use by one thread.
public final class CanonicalMembers {

    private final CanonicalJson writer = CanonicalJson.lenient();

    /// Each with its key before it.
    private final TreeMap<String, byte[]> members = new TreeMap<>(CanonicalJson.BY_CODE_POINT);

    public CanonicalMembers(JsonObject object) {
        object.members().forEach(this::put);
    }

    /// Adds or replaces a member.
    public void put(String key, JsonValue value) {
        members.put(key, writer.member(key, value));
    }

    /// The canonical form of the object without some members.
    public byte[] without(String... keys) {
        var left = Set.of(keys);
        var chosen = new ArrayList<byte[]>(members.size());
        members.forEach((key, member) -> {
            if (!left.contains(key)) {
                chosen.add(member);
            }
        });
        return joined(chosen);
    }

    /// The canonical form of the members that are in another object as well, one of which has
    /// another value there.
    public byte[] asIn(JsonObject other, String changed) {
        var chosen = new ArrayList<byte[]>(members.size());
        members.forEach((key, member) -> {
            if (key.equals(changed)) {
                chosen.add(writer.member(key, other.get(key)));
            } else if (other.has(key)) {
                chosen.add(member);
            }
        });
        return joined(chosen);
    }

    /// The members as an object, with a comma between them.
    private static byte[] joined(List<byte[]> chosen) {
        int commas = Math.max(0, chosen.size() - 1);
        int length = 2 + commas;
        for (var member : chosen) {
            length += member.length;
        }
        var bytes = new byte[length];
        int at = 0;
        bytes[at++] = '{';
        for (var member : chosen) {
            if (at > 1) {
                bytes[at++] = ',';
            }
            System.arraycopy(member, 0, bytes, at, member.length);
            at += member.length;
        }
        bytes[at] = '}';
        return bytes;
    }
}
