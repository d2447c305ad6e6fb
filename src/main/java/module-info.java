import org.jspecify.annotations.NullMarked;

/// Hearth, a Matrix homeserver in one jar. Nothing is exported: the jar is a program, not a
/// library.
@NullMarked
module dev.hearth {
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires com.h2database;
    requires java.sql;
    requires jdk.httpserver;
    requires org.bouncycastle.provider;

    provides System.LoggerFinder with
            dev.hearth.configuration.LogOutput;
}
