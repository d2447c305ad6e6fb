package dev.hearth.configuration;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;

/// Where all that is logged goes: to standard error, or to the file that `log` names. The JDK finds
/// this class by itself, and asks it for each `System.Logger`.
///
/// A maintainer's note: `java.util.logging` would do, but closes its files as soon as the process
/// is told to stop, before we have said that we do.
public final class LogOutput extends System.LoggerFinder {

    /// The request within which something is said: each line tells it, so that the lines of one can
    /// be found together.
    public static final ScopedValue<String> REQUEST = ScopedValue.newInstance();

    /// What is logged is one stream for the whole process, and the JDK, not we, makes the loggers:
    /// so this is the one thing in the house that is set and static.
    private static volatile Sink sink = new Sink(Level.INFO, System.err);

    private record Sink(Level level, PrintStream out) {}

    /// Call it once, before anything is logged.
    public static void use(Log log) {
        sink = new Sink(log.level(), log.file().map(LogOutput::append).orElse(System.err));
    }

    private static PrintStream append(java.nio.file.Path file) {
        try {
            var out = new FileOutputStream(file.toFile(), true);
            return new PrintStream(out, true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write the log to " + file, e);
        }
    }

    static boolean isLogged(Level level, boolean ours) {
        // The JDK's own server has much to say at debug, and not to us.
        var least = ours ? sink.level() : max(sink.level(), Level.WARNING);
        return level != Level.OFF && level.getSeverity() >= least.getSeverity();
    }

    private static Level max(Level one, Level other) {
        return one.getSeverity() >= other.getSeverity() ? one : other;
    }

    static void write(String lines) {
        sink.out().print(lines);
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new LineLogger(name, Clock.system(ZoneId.systemDefault()));
    }
}
