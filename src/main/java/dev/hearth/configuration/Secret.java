package dev.hearth.configuration;

/// A setting that no log may show.
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
