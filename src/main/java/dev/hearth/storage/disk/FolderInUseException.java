package dev.hearth.storage.disk;

import java.io.IOException;

/// Somebody else has the lock.
public final class FolderInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    public FolderInUseException(String message) {
        super(message);
    }
}
