package dev.hearth.json;

/// A whole number written without fraction or exponent, within 64 bits. Canonical JSON allows only
/// those within [#MIN_CANONICAL] and [#MAX_CANONICAL].
public record JsonInteger(long value) implements JsonValue {

    public static final long MAX_CANONICAL = (1L << 53) - 1;
    public static final long MIN_CANONICAL = -MAX_CANONICAL;

    /// Whether every Matrix implementation can represent this number exactly.
    ///
    /// @spec https://spec.matrix.org/v1.19/appendices/#canonical-json Canonical JSON
    public boolean isCanonical() {
        return value >= MIN_CANONICAL && value <= MAX_CANONICAL;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
