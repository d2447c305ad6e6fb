package dev.hearth.sync;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which fields of events a client wants (FIL-3).
///
/// @spec https://spec.matrix.org/v1.19/appendices/#dot-separated-property-paths Dot-separated
///   property paths
record EventFields(List<List<String>> paths) {

    EventFields {
        paths = List.copyOf(paths);
    }

    static EventFields parse(List<String> texts) {
        return new EventFields(texts.stream().map(EventFields::path).toList());
    }

    /// A dot parts two keys, unless a backslash stands before it.
    static List<String> path(String text) {
        var keys = new ArrayList<String>();
        var key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = c == '\\' && i + 1 < text.length() && isSpecial(text.charAt(i + 1));
            if (escapes) {
                key.append(text.charAt(++i));
            } else if (c == '.') {
                keys.add(key.toString());
                key.setLength(0);
            } else {
                key.append(c);
            }
        }
        keys.add(key.toString());
        return List.copyOf(keys);
    }

    private static boolean isSpecial(char c) {
        return c == '.' || c == '\\';
    }

    /// The event with nothing but what is wanted of it.
    JsonObject of(JsonObject event) {
        return paths.isEmpty() ? event : pick(event, paths);
    }

    private static JsonObject pick(JsonObject object, List<List<String>> wanted) {
        var byKey = new LinkedHashMap<String, List<List<String>>>();
        for (var path : wanted) {
            byKey.computeIfAbsent(path.getFirst(), _ -> new ArrayList<>())
                    .add(path.subList(1, path.size()));
        }
        var picked = new LinkedHashMap<String, JsonValue>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            var rest = byKey.get(member.getKey());
            if (rest == null) {
                continue;
            }
            if (rest.stream().anyMatch(List::isEmpty)) {
                picked.put(member.getKey(), member.getValue());
            } else if (member.getValue() instanceof JsonObject nested) {
                picked.put(member.getKey(), pick(nested, rest));
            }
        }
        return JsonObject.from(picked);
    }
}
