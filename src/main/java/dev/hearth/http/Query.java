package dev.hearth.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The decoded parameters of a query.
record Query(Map<String, List<String>> parameters) {

    static final Query NONE = new Query(Map.of());

    static Query parse(String raw) {
        if (raw.isEmpty()) {
            return NONE;
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        for (var part : raw.split("&")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                var name = PercentDecoding.query(equals < 0 ? part : part.substring(0, equals));
                var value = equals < 0 ? "" : PercentDecoding.query(part.substring(equals + 1));
                parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
            }
        }
        return new Query(parameters);
    }

    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    Optional<String> first(String name) {
        var all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }
}
