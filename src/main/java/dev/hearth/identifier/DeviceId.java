package dev.hearth.identifier;

/// One login of a user: opaque text, chosen by the client or by us.
public record DeviceId(String value) {

    public DeviceId {
        if (value.isEmpty()) {
            throw new InvalidIdentifierException("device ID", value, "it is empty");
        }
        Grammar.checkLength("device ID", value);
    }

    public static DeviceId parse(String text) {
        return new DeviceId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
