package dev.hearth.identifier;

/// A text that is no identifier of the kind it should be. The message says which kind and why.
public final class InvalidIdentifierException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String message;

    InvalidIdentifierException(String kind, String text, String why) {
        var sentence = shortened(text) + " is not a " + kind + ": " + why;
        super(sentence, null, false, false);
        this.message = sentence;
    }

    @Override
    public String getMessage() {
        return message;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? "'" + text + "'" : "'" + text.substring(0, 80) + "…'";
    }
}
