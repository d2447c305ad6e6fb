package dev.hearth.search;

import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of an event can be searched: a message's body, a room's name, its topic.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#search-categories Search categories
record SearchableText(Key key, String text) {

    private static final String MESSAGE = "m.room.message";

    /// Where it stands.
    enum Key {
        BODY("content.body"),
        NAME("content.name"),
        TOPIC("content.topic");

        private final String wireName;

        Key(String wireName) {
            this.wireName = wireName;
        }

        static Optional<Key> find(String name) {
            return Arrays.stream(values()).filter(key -> key.wireName.equals(name)).findFirst();
        }
    }

    static Optional<SearchableText> of(Pdu pdu) {
        var content = pdu.content();
        return switch (pdu.type()) {
            case MESSAGE -> body(content).map(text -> new SearchableText(Key.BODY, text));
            case EventType.NAME ->
                    content.peekString("name").map(text -> new SearchableText(Key.NAME, text));
            case EventType.TOPIC -> topic(content).map(text -> new SearchableText(Key.TOPIC, text));
            case String _ -> Optional.empty();
        };
    }

    /// SRCH-3: of an edit what it makes of the message; what stands beside it is for clients that
    /// know no edits.
    private static Optional<String> body(JsonObject content) {
        boolean edit =
                content.path("m.relates_to", "rel_type")
                        .filter(JsonValue.of("m.replace")::equals)
                        .isPresent();
        return (edit ? content.peekObject("m.new_content") : Optional.of(content))
                .flatMap(shown -> shown.peekString("body"));
    }

    private static Optional<String> topic(JsonObject content) {
        var plain =
                content.peekObject("m.topic").flatMap(topic -> topic.peekArray("m.text")).stream()
                        .flatMap(texts -> texts.stream())
                        .flatMap(text ->
                                text instanceof JsonObject form ? Stream.of(form) : Stream.empty())
                        .filter(form ->
                                form.peekString("mimetype")
                                        .orElse("text/plain")
                                        .equals("text/plain"))
                        .flatMap(form -> form.peekString("body").stream());
        var all =
                Stream.concat(content.peekString("topic").stream(), plain)
                        .distinct()
                        .collect(Collectors.joining("\n"));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
