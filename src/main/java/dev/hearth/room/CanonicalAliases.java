package dev.hearth.room;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import java.util.function.Predicate;

/// The names that a room goes by, as `m.room.canonical_alias` lists them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mroomcanonical_alias
///   m.room.canonical_alias
record CanonicalAliases(JsonObject content) {

    private static final String MAIN = "alias";
    private static final String OTHERS = "alt_aliases";

    /// The content with those names alone that are wanted.
    JsonObject only(Predicate<String> wanted) {
        var less = content;
        if (content.peekString(MAIN).filter(wanted).isEmpty()) {
            less = less.without(MAIN);
        }
        var named = content.peekArray(OTHERS).orElse(JsonArray.EMPTY);
        var kept = named.stream().filter(name -> isWanted(name, wanted)).toList();
        if (kept.size() == named.size()) {
            return less;
        }
        return kept.isEmpty() ? less.without(OTHERS) : less.with(OTHERS, JsonArray.from(kept));
    }

    private static boolean isWanted(JsonValue name, Predicate<String> wanted) {
        return name instanceof JsonString(var text) && wanted.test(text);
    }
}
