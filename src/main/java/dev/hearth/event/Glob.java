package dev.hearth.event;

/// Patterns for whole texts, in which a `*` stands for any characters and, in some, a `?` for any
/// one. The case counts.
///
/// A maintainer's note: greedy with one point to come back to, so the cost is bounded by the
/// product of the lengths. A regular expression made of a stranger's pattern could take for ever.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#glob-style-matching Glob-style matching
public final class Glob {

    private final String pattern;
    private final String text;
    private final boolean questions;

    private Glob(String pattern, String text, boolean questions) {
        this.pattern = pattern;
        this.text = text;
        this.questions = questions;
    }

    /// With both kinds of wildcards.
    public static boolean matches(String pattern, String text) {
        return new Glob(pattern, text, true).matches();
    }

    /// With `*` alone.
    public static boolean matchesStars(String pattern, String text) {
        return new Glob(pattern, text, false).matches();
    }

    private boolean matches() {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && isAt(p, t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private boolean isAt(int p, int t) {
        char c = pattern.charAt(p);
        return c == text.charAt(t) || questions && c == '?';
    }
}
