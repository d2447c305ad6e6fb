package dev.hearth.search;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonShapeException;
import dev.hearth.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Where in the results a page begins, as `next_batch` tells it: what is said later moves nothing.
///
/// @param group of which the results are, if not of all
/// @param value what they have in common
/// @param upTo the number of the newest event that may be among all
/// @param skip so many were shown
record Place(Optional<Query.Group> group, String value, long upTo, int skip) {

    static Place first(long upTo) {
        return new Place(Optional.empty(), "", upTo, 0);
    }

    static Place of(Query.Group group, String value, long upTo, int skip) {
        return new Place(Optional.of(group), value, upTo, skip);
    }

    boolean holds(Match match) {
        return group.map(by -> match.valueOf(by).equals(value)).orElse(true);
    }

    Place after(int shown) {
        return new Place(group, value, upTo, skip + shown);
    }

    Place before(long event) {
        return new Place(group, value, event - 1, 0);
    }

    static Place parse(String token) {
        try {
            var bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
            var json = JsonReader.readObject(bytes);
            long skip = json.integer("skip");
            return new Place(
                    json.findString("group").flatMap(Query.Group::find),
                    json.findString("value").orElse(""),
                    json.integer("up_to"),
                    Math.clamp(skip, 0, Matches.MOST));
        } catch (IllegalArgumentException | JsonSyntaxException | JsonShapeException _) {
            throw invalidParam("next_batch is not a token that a search gave out");
        }
    }

    String token() {
        var json =
                JsonObject.builder()
                        .putIfPresent("group", group.map(Query.Group::wireName))
                        .put("value", value)
                        .put("up_to", upTo)
                        .put("skip", skip)
                        .build();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
