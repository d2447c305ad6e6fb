package dev.hearth.identifier;

/// The name that a client gives to a request, so that repeating it does nothing twice.
public record TransactionId(String value) {

    public TransactionId {
        if (value.isEmpty()) {
            throw new InvalidIdentifierException("transaction ID", value, "it is empty");
        }
        Grammar.checkLength("transaction ID", value);
    }

    public static TransactionId parse(String text) {
        return new TransactionId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
