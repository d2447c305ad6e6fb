package dev.hearth.notification;

import java.util.Locale;

/// Names in texts.
final class Words {

    private Words() {}

    /// Whether a name stands in a text between the boundaries of words, whatever the case. Unlike a
    /// [WordPattern] it takes `*` and `?` for what they are.
    static boolean contain(String text, String name) {
        var body = text.toLowerCase(Locale.ROOT);
        var wanted = name.toLowerCase(Locale.ROOT);
        for (int at = body.indexOf(wanted); at >= 0; at = body.indexOf(wanted, at + 1)) {
            if (isBoundary(body, at) && isBoundary(body, at + wanted.length())) {
                return true;
            }
        }
        return false;
    }

    /// The start or end of the text, or a place beside a character that is of no word.
    static boolean isBoundary(String lowerCase, int at) {
        return at == 0
                || at == lowerCase.length()
                || !isOfWord(lowerCase.charAt(at - 1))
                || !isOfWord(lowerCase.charAt(at));
    }

    private static boolean isOfWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }
}
