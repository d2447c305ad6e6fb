package dev.hearth.json;

import java.math.BigDecimal;

/// A number that is no plain 64-bit integer: one with a fraction or an exponent, a `-0`, or one of
/// too many digits. It keeps its literal, so that nothing is lost between reading and writing.
public record JsonDecimal(String literal) implements JsonValue {

    public JsonDecimal {
        new BigDecimal(literal);
    }

    public BigDecimal value() {
        return new BigDecimal(literal);
    }

    @Override
    public String toString() {
        return literal;
    }
}
