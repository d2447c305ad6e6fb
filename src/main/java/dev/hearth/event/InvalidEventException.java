package dev.hearth.event;

/// JSON that is no event of its room version. The message says what is wrong with it.
public sealed class InvalidEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message, null, false, false);
    }

    /// The event, or one of its names, has more bytes than the specification allows.
    public static final class TooLarge extends InvalidEventException {

        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }
}
