package dev.hearth.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may stand in for a question mark.
final class Parameters {

    private Parameters() {}

    /// A value as the engine takes it; null only here, where SQL has no other word for nothing.
    static @Nullable Object column(Object parameter) {
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
