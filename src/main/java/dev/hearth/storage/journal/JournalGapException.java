package dev.hearth.storage.journal;

/// The journal begins after what the database knows: files of different times have been put
/// together.
public final class JournalGapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalGapException(long after, long first) {
        super(
                "The database ends with transaction "
                        + after
                        + ", and the journal begins with "
                        + first
                        + ": restore the database and its journal from one and the same backup",
                null,
                false,
                false);
    }
}
