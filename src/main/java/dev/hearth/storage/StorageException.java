package dev.hearth.storage;

/// The engine failed at something that never fails in a sound house: a mistake of ours, or a broken
/// file.
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StorageException(String what, Throwable cause) {
        super(what, cause);
    }
}
