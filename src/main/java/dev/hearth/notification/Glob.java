package dev.hearth.notification;

import java.util.BitSet;
import java.util.Locale;

/// A pattern in which `*` stands for any characters and `?` for one, whatever the case.
///
/// All ways to match are followed at once, as the set of places in the pattern that a text may have
/// come to; so the cost is bounded by the product of the lengths, whoever made the pattern.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#glob-style-matching Glob-style matching
final class Glob {

    private final String pattern;
    private final boolean literal;

    Glob(String pattern) {
        this.pattern = pattern.toLowerCase(Locale.ROOT);
        this.literal = pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }

    /// Whether the whole text matches.
    boolean matches(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return literal ? lower.equals(pattern) : run(lower, false);
    }

    /// Whether a part of the text matches that begins and ends at the boundaries of words.
    boolean matchesWordsOf(String text) {
        return run(text.toLowerCase(Locale.ROOT), true);
    }

    private boolean run(String text, boolean words) {
        var places = new BitSet(pattern.length() + 1);
        for (int i = 0; i <= text.length(); i++) {
            boolean boundary = Words.isBoundary(text, i);
            if (i == 0 || words && boundary) {
                enter(places, 0);
            }
            if (places.get(pattern.length()) && (words ? boundary : i == text.length())) {
                return true;
            }
            if (i < text.length()) {
                places = step(places, text.charAt(i));
            }
        }
        return false;
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
