package dev.hearth.notification;

import java.util.BitSet;
import java.util.Locale;

/// A pattern for a part of a text that begins and ends at the boundaries of words, in which `*`
/// stands for any characters and `?` for one, whatever the case.
///
/// All ways to match are followed at once, as the set of places in the pattern that a text may have
/// come to; so the cost is bounded by the product of the lengths, whoever made the pattern. With
/// wildcards only the beginning of a long text is looked at, for the writer waits for it.
///
/// @param pattern in lower case
/// @spec https://spec.matrix.org/v1.19/appendices/#glob-style-matching Glob-style matching
record WordPattern(String pattern) {

    WordPattern {
        pattern = pattern.toLowerCase(Locale.ROOT);
    }

    boolean isIn(String anyCase) {
        if (!Wildcards.areIn(pattern)) {
            return Words.contain(anyCase, pattern);
        }
        var text = beginning(anyCase).toLowerCase(Locale.ROOT);
        var places = new BitSet(pattern.length() + 1);
        for (int i = 0; i <= text.length(); i++) {
            boolean boundary = Words.isBoundary(text, i);
            if (boundary) {
                enter(places, 0);
            }
            if (boundary && places.get(pattern.length())) {
                return true;
            }
            if (i < text.length()) {
                places = step(places, text.charAt(i));
            }
        }
        return false;
    }

    private static String beginning(String text) {
        return text.length() > Wildcards.LONGEST_TEXT
                ? text.substring(0, Wildcards.LONGEST_TEXT)
                : text;
    }

    private BitSet step(BitSet places, char read) {
        var next = new BitSet(pattern.length() + 1);
        int end = pattern.length();
        for (int at = places.nextSetBit(0); at >= 0 && at < end; at = places.nextSetBit(at + 1)) {
            char expected = pattern.charAt(at);
            if (expected == '*') {
                enter(next, at);
            } else if (expected == '?' || expected == read) {
                enter(next, at + 1);
            }
        }
        return next;
    }

    /// A star may stand for nothing: who is before it is behind it too.
    private void enter(BitSet places, int place) {
        int at = place;
        places.set(at);
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            places.set(++at);
        }
    }
}
