package dev.hearth.testing;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What the server answered.
public record Reply(int status, String text, Map<String, java.util.List<String>> headers) {

    public JsonObject json() {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The body of a 200; anything else fails the test with what was answered.
    public JsonObject ok() {
        if (status != 200) {
            throw new AssertionError("expected 200, got " + status + " " + text);
        }
        return json();
    }

    /// Fails the test unless this is the given error.
    public Reply refused(int expectedStatus, String errcode) {
        if (status != expectedStatus || !json().peekString("errcode").orElse("").equals(errcode)) {
            throw new AssertionError(
                    "expected " + expectedStatus + " " + errcode + ", got " + status + " " + text);
        }
        if (json().peekString("error").orElse("").isEmpty()) {
            throw new AssertionError("an error needs a sentence: " + text);
        }
        return this;
    }
}
