package dev.hearth.identifier;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/// The name of a homeserver: a DNS name or an IP literal, with an optional port. It is part of
/// every identifier that the server makes, and is for ever.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#server-name Server name
public record ServerName(String value) {

    private static final Pattern GRAMMAR =
            Pattern.compile(
                    "(?<host>\\[[0-9A-Fa-f:.]{2,45}]|[0-9A-Za-z.-]{1,255})(:(?<port>[0-9]{1,5}))?");

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
        return text.length() <= Grammar.MAX_BYTES && GRAMMAR.matcher(text).matches();
    }

    /// The name without its port; an IPv6 address keeps its brackets.
    public String host() {
        var matcher = GRAMMAR.matcher(value);
        return matcher.matches() ? matcher.group("host") : value;
    }

    public OptionalInt port() {
        var matcher = GRAMMAR.matcher(value);
        return matcher.matches() && matcher.group("port") != null
                ? OptionalInt.of(Integer.parseInt(matcher.group("port")))
                : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
