package dev.hearth.configuration;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// Says each thing in one line: when, how grave, which package, in which request if in any, what.
///
/// `2026-01-31 12:00:00.000 DEBUG http [8008-2s]: GET /_matrix/client/v3/sync 200 in 3 ms`
record LineLogger(String name, Clock clock) implements System.Logger {

    private static final String OURS = "dev.hearth";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return LogOutput.isLogged(level, name.startsWith(OURS));
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            LogOutput.write(line(level, message == null ? "" : message) + stack(thrown));
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... parameters) {
        if (isLoggable(level)) {
            var message = format == null ? "" : format;
            boolean plain = parameters == null || parameters.length == 0;
            LogOutput.write(
                    line(level, plain ? message : MessageFormat.format(message, parameters)));
        }
    }

    String line(Level level, String message) {
        var request = LogOutput.REQUEST.isBound() ? " [" + LogOutput.REQUEST.get() + "]" : "";
        var now = TIME.format(LocalDateTime.now(clock));
        return "%s %-7s %s%s: %s%n".formatted(now, level, source(), request, oneLine(message));
    }

    /// A line break within a message could fake a line of its own.
    private static String oneLine(String message) {
        return message.replace("\r", "\\r").replace("\n", "\\n");
    }

    private String source() {
        if (!name.startsWith(OURS + ".")) {
            return name;
        }
        int end = name.lastIndexOf('.');
        return end > OURS.length() ? name.substring(OURS.length() + 1, end) : "hearth";
    }

    private static String stack(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
