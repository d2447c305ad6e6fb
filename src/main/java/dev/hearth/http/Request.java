package dev.hearth.http;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A request without its transport: the path's parameters, the query, the body. Which kind a
/// handler is given is decided by the section in which its endpoint is declared.
public sealed interface Request permits OpenRequest, ClientRequest {

    /// `GET`, `POST`, …
    String method();

    /// The raw path as it came, which scopes transaction IDs.
    String rawPath();

    /// A parameter of the path, decoded. It is a mistake of ours to ask for one that the template
    /// doesn't have.
    String path(String name);

    /// The first value of a query parameter, decoded.
    Optional<String> query(String name);

    /// All values of a query parameter, decoded, in their order.
    List<String> queryAll(String name);

    /// The body as a JSON object: `M_NOT_JSON` or `M_BAD_JSON` if it isn't one.
    JsonObject body();

    /// The body as a JSON object, where clients also send none at all: then it is empty.
    JsonObject bodyOrEmpty();

    /// The address of the client, behind a trusted proxy as that tells it.
    String clientAddress();

    /// A request header.
    Optional<String> header(String name);

    default RoomId roomId() {
        return RoomId.parse(path("roomId"));
    }

    default EventId eventId() {
        return EventId.parse(path("eventId"));
    }

    default UserId userId() {
        return UserId.parse(path("userId"));
    }

    /// A `true` or `false` of the query: `M_INVALID_PARAM` for anything else, API-11.
    boolean queryFlag(String name, boolean otherwise);

    /// A whole number of the query that is not negative: `M_INVALID_PARAM` for anything else,
    /// API-11.
    OptionalInt queryNumber(String name);
}
