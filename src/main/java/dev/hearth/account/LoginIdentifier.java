package dev.hearth.account;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.unknown;

import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/// Whom a login names, in any of the forms that clients use (TOK-9).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#identifier-types Identifier types
final class LoginIdentifier {

    private static final String NO_SUCH_ADDRESS = "No account has this address";

    private LoginIdentifier() {}

    /// The user; empty if none is named at all.
    static Optional<UserId> of(JsonObject body, ServerName server) {
        var identifier = body.findObject("identifier");
        if (identifier.isEmpty()) {
            // The forms from before there were identifiers.
            if (body.findString("medium").or(() -> body.findString("address")).isPresent()) {
                throw forbidden(NO_SUCH_ADDRESS);
            }
            return body.findString("user").map(text -> user(text, server));
        }
        return switch (identifier.get().string("type")) {
            case "m.id.user" -> Optional.of(user(identifier.get().string("user"), server));
            case "m.id.thirdparty", "m.id.phone" -> throw forbidden(NO_SUCH_ADDRESS);
            default -> throw unknown("This kind of identifier is not known");
        };
    }

    private static UserId user(String text, ServerName server) {
        var full = text.startsWith("@") ? text : "@" + text + ":" + server;
        int colon = full.indexOf(':');
        var lower =
                colon < 0
                        ? full
                        : full.substring(0, colon).toLowerCase(Locale.ROOT) + full.substring(colon);
        return UserId.find(lower)
                .filter(user -> user.isOn(server))
                .orElseThrow(() -> forbidden("Wrong user name or password"));
    }
}
