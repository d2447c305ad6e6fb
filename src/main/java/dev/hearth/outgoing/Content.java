package dev.hearth.outgoing;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is sent with a request.
public record Content(String type, String text) {

    static Content json(JsonObject value) {
        return new Content("application/json", JsonWriter.write(value));
    }

    /// The fields of a form, as browsers send them.
    static Content form(Map<String, String> fields) {
        var text =
                new TreeMap<>(fields)
                        .entrySet().stream()
                                .map(field ->
                                        encoded(field.getKey()) + "=" + encoded(field.getValue()))
                                .collect(Collectors.joining("&"));
        return new Content("application/x-www-form-urlencoded", text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
