package dev.hearth.identifier;

import java.util.HexFormat;
import java.util.OptionalInt;

/// The name of a homeserver: a DNS name or an IP literal, with an optional port. It is part of
/// every identifier that the server makes, and is for ever.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#server-name Server name
public record ServerName(String value) {

    private static final int MAX_PORT_DIGITS = 5;

    public ServerName {
        if (!isValid(value)) {
            throw new InvalidIdentifierException(
                    "server name", value, "expected a host name or address, perhaps with :port");
        }
    }

    public static ServerName parse(String text) {
        return new ServerName(text);
    }

    static boolean isValid(String text) {
        int end = hostEnd(text);
        return text.length() <= Grammar.MAX_BYTES
                && end > 0
                && (end == text.length() || isPort(text, end));
    }

    /// Where the host ends, or zero if there is none.
    private static int hostEnd(String text) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            return close >= 3 && close <= 46 && isAddress(text.substring(1, close)) ? close + 1 : 0;
        }
        int end = 0;
        while (end < text.length() && isDnsCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isAddress(String text) {
        return text.chars().allMatch(c -> HexFormat.isHexDigit(c) || c == ':' || c == '.');
    }

    private static boolean isDnsCharacter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c >= 'A' && c <= 'Z'
                || c == '.'
                || c == '-';
    }

    private static boolean isPort(String text, int colon) {
        int digits = text.length() - colon - 1;
        return text.charAt(colon) == ':'
                && digits >= 1
                && digits <= MAX_PORT_DIGITS
                && text.chars().skip(colon + 1).allMatch(c -> c >= '0' && c <= '9');
    }

    /// The name without its port; an IPv6 address keeps its brackets.
    public String host() {
        return value.substring(0, hostEnd(value));
    }

    public OptionalInt port() {
        int end = hostEnd(value);
        return end < value.length()
                ? OptionalInt.of(Integer.parseInt(value.substring(end + 1)))
                : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
