package dev.hearth.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Opens connections to one database.
final class Connections {

    /// H2 saves only when it is told to (or its memory is full), and doesn't compact beside us. A
    /// delay of 0 would not be "never" but "at every commit". It keeps no results: it takes those
    /// that a statement found in an older snapshot for as new as the statement, and would give them
    /// to a later reading.
    private static final String SETTINGS =
            ";WRITE_DELAY=2000000000;AUTO_COMPACT_FILL_RATE=0;DB_CLOSE_ON_EXIT=FALSE"
                    + ";OPTIMIZE_REUSE_RESULTS=0;TRACE_LEVEL_FILE=0;CACHE_SIZE=16384;LOCK_TIMEOUT=10000";

    private final String url;

    Connections(String url) {
        this.url = url;
    }

    /// The first connection, which opens the database, and is the only one that writes.
    JdbcReading writer() {
        try {
            return new JdbcReading(connect(url + SETTINGS));
        } catch (SQLException e) {
            throw new StorageException("opening " + url, e);
        }
    }

    /// One that sees the database as it was when its transaction began.
    JdbcReading reader() {
        try {
            var reader = new JdbcReading(connect(url));
            reader.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
            reader.connection().setAutoCommit(false);
            return reader;
        } catch (SQLException e) {
            throw new StorageException("a connection to " + url, e);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }
}
