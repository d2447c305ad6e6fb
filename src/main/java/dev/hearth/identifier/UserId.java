package dev.hearth.identifier;

import java.util.Optional;

/// A user, such as `@alice:example.org`. Any local part that history knows is accepted; the
/// stricter grammar for new users is [#isValidForRegistration].
///
/// @spec https://spec.matrix.org/v1.19/appendices/#user-identifiers User identifiers
public record UserId(String value) {

    private static final String KIND = "user ID";

    public UserId {
        Grammar.check(KIND, '@', value);
        Grammar.colon(KIND, value);
    }

    public static UserId parse(String text) {
        return new UserId(text);
    }

    public static UserId of(String localpart, ServerName server) {
        return new UserId("@" + localpart + ":" + server);
    }

    public static Optional<UserId> find(String text) {
        try {
            return Optional.of(new UserId(text));
        } catch (InvalidIdentifierException _) {
            return Optional.empty();
        }
    }

    public String localpart() {
        return value.substring(1, value.indexOf(':'));
    }

    public ServerName server() {
        return new ServerName(serverText());
    }

    public boolean isOn(ServerName server) {
        return serverText().equals(server.value());
    }

    private String serverText() {
        return value.substring(value.indexOf(':') + 1);
    }

    /// Whether a new user may have this ID: the local part is not empty and of `a-z0-9._=-/+`.
    public boolean isValidForRegistration() {
        var localpart = localpart();
        return !localpart.isEmpty()
                && localpart
                        .chars()
                        .allMatch(c ->
                                c >= 'a' && c <= 'z'
                                        || c >= '0' && c <= '9'
                                        || "._=-/+".indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return value;
    }
}
