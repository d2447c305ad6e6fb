package dev.hearth.storage;

/// The data folder can't be opened as it is, and the message says what to do about it.
public final class UnusableFolderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableFolderException(String message) {
        super(message, null, false, false);
    }
}
