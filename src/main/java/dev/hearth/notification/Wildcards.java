package dev.hearth.notification;

/// What makes a pattern dear: wildcards, by which a text may match in many ways.
final class Wildcards {

    private Wildcards() {}

    static boolean areIn(String pattern) {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
    }
}
