package dev.hearth.storage;

/// The data folder was written by a newer Hearth than this one, which can't read it.
public final class NewerSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NewerSchemaException(long found, long known) {
        super(
                "The database has schema "
                        + found
                        + ", and this Hearth knows schemas up to "
                        + known
                        + ": start it with the newer version that it was used with",
                null,
                false,
                false);
    }
}
