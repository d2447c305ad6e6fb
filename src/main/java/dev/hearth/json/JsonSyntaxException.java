package dev.hearth.json;

/// Bytes that are not JSON, or JSON beyond the reader's limits.
public final class JsonSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String message;

    public JsonSyntaxException(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
