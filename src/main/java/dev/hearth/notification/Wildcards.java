package dev.hearth.notification;

/// What makes a pattern dear: wildcards, by which a text may match in many ways.
final class Wildcards {

    /// Of longer texts not all is looked at: the writer waits for it, and who makes patterns for
    /// them wants nothing by it but to keep it busy.
    static final int LONGEST_TEXT = 8_192;

    private Wildcards() {}

    static boolean areIn(String pattern) {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
    }
}
