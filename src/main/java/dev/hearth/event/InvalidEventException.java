package dev.hearth.event;

/// JSON that is no event of its room version. The message says what is wrong with it.
public final class InvalidEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message, null, false, false);
    }
}
