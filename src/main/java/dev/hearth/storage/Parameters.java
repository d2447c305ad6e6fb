package dev.hearth.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may stand in for a question mark.
final class Parameters {

    private Parameters() {}

    /// The values as the engine and the journal take them: `String`, `Long`, `Boolean`, `byte[]`,
    /// and null.
    static @Nullable Object[] columns(Object... parameters) {
        var columns = new @Nullable Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            columns[i] = column(parameters[i]);
        }
        return columns;
    }

    /// A value as the engine takes it; null only here, where SQL has no other word for nothing.
    private static @Nullable Object column(Object parameter) {
        return switch (parameter) {
            case String string -> string;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Boolean bool -> bool;
            case byte[] bytes -> bytes;
            case Optional<?> optional -> optional.isPresent() ? column(optional.get()) : null;
            default -> parameter.toString();
        };
    }
}
