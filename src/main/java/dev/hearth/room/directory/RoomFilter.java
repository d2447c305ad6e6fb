package dev.hearth.room.directory;

import static dev.hearth.error.MatrixException.badJson;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which public rooms a client asks for.
///
/// @param term what the name, topic or alias holds, in small letters; empty for all
/// @param types the types of rooms, if not all: no type is an empty one
record RoomFilter(String term, Optional<Set<String>> types) {

    static final RoomFilter EVERYTHING = new RoomFilter("", Optional.empty());

    private static final List<String> SEARCHED = List.of("name", "topic", "canonical_alias");

    static RoomFilter parse(JsonObject filter) {
        return new RoomFilter(
                filter.findString("generic_search_term")
                        .map(text -> text.strip().toLowerCase(Locale.ROOT))
                        .orElse(""),
                filter.findArray("room_types").map(RoomFilter::types));
    }

    private static Set<String> types(JsonArray array) {
        var types = new HashSet<String>();
        for (var value : array) {
            types.add(type(value));
        }
        return types;
    }

    private static String type(JsonValue value) {
        return switch (value) {
            case JsonString(var type) -> type;
            case JsonNull _ -> "";
            default -> throw badJson("filter.room_types: expected texts and null");
        };
    }

    /// @param entry of the list
    boolean allows(JsonObject entry) {
        return types.map(wanted -> wanted.contains(entry.peekString("room_type").orElse("")))
                        .orElse(true)
                && (term.isEmpty() || SEARCHED.stream().anyMatch(key -> holdsTerm(entry, key)));
    }

    private boolean holdsTerm(JsonObject entry, String key) {
        return entry.peekString(key)
                .filter(text -> text.toLowerCase(Locale.ROOT).contains(term))
                .isPresent();
    }
}
