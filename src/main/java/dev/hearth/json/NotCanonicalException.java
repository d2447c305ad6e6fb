package dev.hearth.json;

/// A value that has no strict canonical form.
public final class NotCanonicalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotCanonicalException(String message) {
        super(message, null, false, false);
    }
}
