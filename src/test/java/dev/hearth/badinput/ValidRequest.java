package dev.hearth.badinput;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonValue;
import dev.hearth.testing.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A request that the server grants, by a file.
///
/// @param path what its path names, where that isn't the usual
/// @param open whether it needs no access token
/// @param once whether it can be granted once only, by the same household
/// @param refused whether it is refused in the household's state, though it is well-formed
/// @param free fields that may hold any value
/// @param strict beginnings of places where null is refused, though nothing need be there: in the
///   content of events, and under keys that are no names of fields
record ValidRequest(
        String method,
        String template,
        JsonObject path,
        String query,
        JsonObject body,
        Flags flags,
        Set<String> free,
        Set<String> strict) {

    record Flags(boolean open, boolean once, boolean refused) {}

    static List<ValidRequest> all() {
        try {
            var file = Path.of("src/test/resources/bad-input/requests.json");
            return JsonReader.readObject(Files.readAllBytes(file))
                    .array("requests")
                    .objects()
                    .stream()
                    .map(ValidRequest::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValidRequest of(JsonObject json) {
        var route = json.string("route").split(" ");
        return new ValidRequest(
                route[0],
                route[1],
                json.findObject("path").orElse(JsonObject.EMPTY),
                json.findString("query").orElse(""),
                json.object("body"),
                new Flags(json.isTrue("open"), json.isTrue("once"), json.isTrue("refused")),
                places(json, "free"),
                places(json, "strict"));
    }

    private static Set<String> places(JsonObject json, String key) {
        return json.findArray(key).map(places -> Set.copyOf(places.strings())).orElse(Set.of());
    }

    Reply send(Household household, JsonValue spoiled) {
        return sendText(household, Household.text(household.fill(spoiled)));
    }

    Reply sendText(Household household, String text) {
        var target = household.path(template, path) + household.fill(query);
        return household.client(flags.open()).send(method, target, Optional.of(text));
    }

    /// Whether a field's value may be anything.
    boolean isFree(Spoiled spoiled) {
        var told = spoiled.place() + ": " + spoiled.how();
        return free.stream().anyMatch(told::startsWith);
    }

    /// Whether a field may be null as it may be missing.
    boolean isOptional(Spoiled spoiled) {
        return spoiled.isUnset() && strict.stream().noneMatch(spoiled.place()::startsWith);
    }

    @Override
    public String toString() {
        return method + " " + template + (path.isEmpty() ? "" : " " + path);
    }
}
