package dev.hearth.http;

import dev.hearth.error.MatrixException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Decodes one segment of a path, or one part of a query: `%xx` as strict UTF-8, once. The JDK's
/// decoders either turn wrong bytes into replacement characters or know nothing of paths.
final class PercentDecoding {

    private PercentDecoding() {}

    /// A segment of a path: `+` is a plus.
    static String path(String raw) {
        return raw.indexOf('%') < 0 ? raw : decode(raw, false);
    }

    /// A name or a value of a query: `+` is a space.
    static String query(String raw) {
        return raw.indexOf('%') < 0 && raw.indexOf('+') < 0 ? raw : decode(raw, true);
    }

    private static String decode(String raw, boolean plusIsSpace) {
        var bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.put(hexPair(raw, i + 1));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                throw malformed();
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException _) {
            throw malformed();
        }
    }

    private static byte hexPair(String raw, int at) {
        if (at + 2 > raw.length()) {
            throw malformed();
        }
        int high = Character.digit(raw.charAt(at), 16);
        int low = Character.digit(raw.charAt(at + 1), 16);
        // No identifier and no state key holds a NUL, and the database must not meet one.
        if (high < 0 || low < 0 || (high == 0 && low == 0)) {
            throw malformed();
        }
        return (byte) (high << 4 | low);
    }

    private static MatrixException malformed() {
        return MatrixException.invalidParam("The request's address is not percent-encoded UTF-8");
    }
}
