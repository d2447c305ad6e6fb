package dev.hearth.storage;

/// The disk has no room for this change. Nothing has happened; when there is room again, changes
/// are accepted again.
public final class StorageFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String MESSAGE =
            "This server's disk is full, so that nothing can be changed until its administrator"
                    + " makes room";

    StorageFullException() {
        super(MESSAGE, null, false, false);
    }

    /// The sentence for the person who reads it.
    @Override
    public String getMessage() {
        return MESSAGE;
    }
}
