package dev.hearth.json;

/// The JSON `null`. Java's null never stands for it.
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
