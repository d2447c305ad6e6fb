package dev.hearth.identifier;

import java.nio.charset.StandardCharsets;

/// What the grammars of several identifiers have in common.
final class Grammar {

    /// @spec https://spec.matrix.org/v1.19/appendices/#common-identifier-format Length limit
    static final int MAX_BYTES = 255;

    private Grammar() {}

    /// Checks that a text begins with its sigil, goes on, is not too long, and holds no NUL and no
    /// half of a surrogate pair.
    static void check(String kind, char sigil, String text) {
        if (text.isEmpty() || text.charAt(0) != sigil) {
            throw new InvalidIdentifierException(kind, text, "it doesn't begin with " + sigil);
        }
        if (text.length() == 1) {
            throw new InvalidIdentifierException(kind, text, "it is empty");
        }
        checkLength(kind, text);
        if (text.indexOf('\0') >= 0) {
            throw new InvalidIdentifierException(kind, text, "it holds a NUL");
        }
        if (!isUnicode(text)) {
            throw new InvalidIdentifierException(kind, text, "it is not Unicode text");
        }
    }

    private static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.charCount(text.codePointAt(i)) == 1) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    static void checkLength(String kind, String text) {
        // A char is at most three bytes, so most texts need no counting.
        if (text.length() * 3 > MAX_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidIdentifierException(kind, text, "it is longer than 255 bytes");
        }
    }

    /// Where the colon stands that parts the local part from the server name.
    static int colon(String kind, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidIdentifierException(kind, text, "it names no server");
        }
        if (!ServerName.isValid(text.substring(colon + 1))) {
            throw new InvalidIdentifierException(
                    kind, text, "what follows the colon is no server name");
        }
        return colon;
    }
}
