package dev.hearth.outgoing;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What another server answered.
public final class Answer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] bytes;

    /// @param headers by their names in lower case
    Answer(int status, Map<String, String> headers, byte[] bytes) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.bytes = bytes;
    }

    public int status() {
        return status;
    }

    /// Whether the status says so.
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /// The body as a JSON object, whatever the content type says.
    ///
    /// @throws dev.hearth.json.JsonSyntaxException if it is no JSON
    /// @throws dev.hearth.json.JsonShapeException if it is no object
    public JsonObject json() {
        return JsonReader.readObject(bytes);
    }

    @Override
    public String toString() {
        return status + ", " + bytes.length + " bytes";
    }
}
