package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// How an event relates to an earlier one of its room. Only what stands in clear text counts, and
/// what isn't well-formed is passed over: the event is one like any other (REL-1). A reply is no
/// relation.
///
/// @param key what an annotation says
/// @spec https://spec.matrix.org/v1.19/client-server-api/#forming-relationships-between-events
///   Forming relationships between events
public record Relation(String type, EventId parent, Optional<String> key) {

    public static final String THREAD = "m.thread";
    static final String REPLACE = "m.replace";
    static final String REFERENCE = "m.reference";
    static final String ANNOTATION = "m.annotation";

    /// As long as the type of an event may be.
    private static final int MAX_TYPE = 255;

    /// The relation of an event as it is given.
    public static Optional<Relation> of(Pdu event) {
        return of(event.content());
    }

    static Optional<Relation> of(JsonObject content) {
        var relates = content.peekObject("m.relates_to").orElse(JsonObject.EMPTY);
        return relates.peekString("rel_type")
                .filter(type -> !type.isEmpty() && type.length() <= MAX_TYPE)
                .flatMap(type ->
                        relates.peekString("event_id")
                                .flatMap(EventId::find)
                                .map(parent ->
                                        new Relation(type, parent, relates.peekString("key"))));
    }

    boolean is(String wanted) {
        return type.equals(wanted);
    }
}
