package dev.hearth.storage;

/// One change of the database, alone: while it runs no other does. It is passed, never looked up; a
/// method without one doesn't change the database. If its work throws, nothing has happened.
public interface Transaction extends Reading {

    /// Runs one statement and tells how many rows it changed.
    int execute(String sql, Object... parameters);

    /// The next position of the one counter that everything which `/sync` tells is numbered by.
    /// Positions become visible in their order, since there is one writer.
    long nextPosition();

    /// Runs after the commit and before the next transaction begins: for caches, and to wake who
    /// waits. It must be short, must not fail, and must not use the database.
    void afterCommit(Runnable action);
}
