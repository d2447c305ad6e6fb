package dev.hearth.configuration;

/// One thing that is wrong with the settings.
///
/// @param key the setting, or the argument
/// @param found what is there, and where it came from
/// @param right what would be right
public record Problem(String key, String found, String right) {

    @Override
    public String toString() {
        return key + ": found " + found + "; " + right;
    }
}
