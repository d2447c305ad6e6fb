package dev.hearth.identifier;

/// A text that is no identifier of the kind it should be. The message says which kind and why.
public final class InvalidIdentifierException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidIdentifierException(String kind, String text, String why) {
        super(shortened(text) + " is not a " + kind + ": " + why, null, false, false);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? "'" + text + "'" : "'" + text.substring(0, 80) + "…'";
    }
}
