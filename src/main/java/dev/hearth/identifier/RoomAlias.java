package dev.hearth.identifier;

import java.util.Optional;

/// A name of a room for people, such as `#kitchen:example.org`.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#room-aliases Room aliases
public record RoomAlias(String value) {

    private static final String KIND = "room alias";

    public RoomAlias {
        Grammar.check(KIND, '#', value);
        if (Grammar.colon(KIND, value) == 1) {
            throw new InvalidIdentifierException(KIND, value, "its local part is empty");
        }
    }

    public static RoomAlias parse(String text) {
        return new RoomAlias(text);
    }

    public static RoomAlias of(String localpart, ServerName server) {
        return new RoomAlias("#" + localpart + ":" + server);
    }

    public static Optional<RoomAlias> find(String text) {
        try {
            return Optional.of(new RoomAlias(text));
        } catch (InvalidIdentifierException _) {
            return Optional.empty();
        }
    }

    public String localpart() {
        return value.substring(1, value.indexOf(':'));
    }

    public ServerName server() {
        return new ServerName(value.substring(value.indexOf(':') + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
