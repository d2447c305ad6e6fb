package dev.hearth.sync;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.json.PropertyPath;
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
        return new EventFields(
                texts.stream().map(text -> PropertyPath.parse(text).keys()).toList());
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
