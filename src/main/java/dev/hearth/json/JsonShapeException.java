package dev.hearth.json;

/// JSON that was read well but doesn't have the shape that its reader needs. The message names the
/// place, what was expected there and what was found, and never the value itself.
public final class JsonShapeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String message;
    private final boolean missing;

    private JsonShapeException(String message, boolean missing) {
        super(message, null, false, false);
        this.message = message;
        this.missing = missing;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public static JsonShapeException expected(String place, String expected, JsonValue found) {
        return new JsonShapeException(
                place + ": expected " + expected + ", found " + found.kind(), false);
    }

    public static JsonShapeException missing(String place) {
        return new JsonShapeException(place + ": missing", true);
    }

    /// A value of the right type that is wrong for another reason.
    public static JsonShapeException wrong(String place, String why) {
        return new JsonShapeException(place + ": " + why, false);
    }

    /// Whether a required key was absent, rather than wrong.
    public boolean isMissing() {
        return missing;
    }
}
