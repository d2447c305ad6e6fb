package dev.hearth.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The place of a value in an object: keys between dots, where a backslash takes a dot or another
/// backslash into a key, and is itself before anything else (PUSH-3, FIL-3).
///
/// @param keys from the outermost inwards, at least one
/// @spec https://spec.matrix.org/v1.19/appendices/#dot-separated-property-paths Dot-separated
///   property paths
public record PropertyPath(List<String> keys) {

    public PropertyPath {
        keys = List.copyOf(keys);
    }

    /// Every text is a path.
    public static PropertyPath parse(String text) {
        var keys = new ArrayList<String>();
        var key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "\\.".indexOf(text.charAt(i + 1)) >= 0) {
                key.append(text.charAt(++i));
            } else if (c == '.') {
                keys.add(key.toString());
                key.setLength(0);
            } else {
                key.append(c);
            }
        }
        keys.add(key.toString());
        return new PropertyPath(keys);
    }

    /// The value at this place.
    public Optional<JsonValue> in(JsonObject object) {
        return object.path(keys.toArray(String[]::new));
    }
}
