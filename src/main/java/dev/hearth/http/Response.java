package dev.hearth.http;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonWriter;
import java.util.Map;

/// An answer. Headers that every answer has (CORS, content type) are not among [#headers].
public record Response(int status, Body body, Map<String, String> headers) {

    /// What the answer says.
    public sealed interface Body {}

    /// An object as JSON.
    public record Json(JsonObject value) implements Body {}

    /// A page for people.
    public record Html(String page) implements Body {}

    /// Anything else, with its type.
    public record Bytes(byte[] value, String contentType) implements Body {
        public Bytes {
            value = value.clone();
        }

        @Override
        public byte[] value() {
            return value.clone();
        }
    }

    private static final Response EMPTY = json(JsonObject.EMPTY);

    public Response {
        headers = Map.copyOf(headers);
    }

    /// 200 with an object.
    public static Response json(JsonObject value) {
        return new Response(200, new Json(value), Map.of());
    }

    /// 200 with a list, as a few endpoints answer.
    public static Response list(JsonArray value) {
        return new Response(
                200, new Bytes(JsonWriter.writeBytes(value), "application/json"), Map.of());
    }

    /// 200 with `{}`.
    public static Response empty() {
        return EMPTY;
    }

    /// 200 with a page for people.
    public static Response html(String page) {
        return new Response(200, new Html(page), Map.of());
    }

    /// The same answer with one more header.
    public Response withHeader(String name, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new Response(status, body, more);
    }

    public Response withStatus(int other) {
        return new Response(other, body, headers);
    }
}
