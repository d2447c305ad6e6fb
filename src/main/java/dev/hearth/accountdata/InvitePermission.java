package dev.hearth.accountdata;

import dev.hearth.event.Glob;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import java.util.Locale;
import java.util.Optional;

/// Whose invites a user wants, as their clients wrote it down.
///
/// @param config of the specification, which knows all or nothing (INV-1)
/// @param unstable the proposal's, which lists users and servers (INV-3)
/// @spec https://spec.matrix.org/v1.19/client-server-api/#invite-permission Invite permission
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4155 MSC4155
public record InvitePermission(Optional<JsonObject> config, Optional<JsonObject> unstable) {

    static final String TYPE = "m.invite_permission_config";
    static final String UNSTABLE_TYPE = "org.matrix.msc4155.invite_permission_config";

    /// What becomes of an invite.
    public enum Ruling {
        ALLOW,
        /// Its sender hears nothing of it, and neither does the user.
        IGNORE,
        /// It is refused.
        BLOCK
    }

    public Ruling of(UserId inviter) {
        boolean blocksAll =
                config.flatMap(content -> content.peekString("default_action"))
                        .filter("block"::equals)
                        .isPresent();
        return blocksAll
                ? Ruling.BLOCK
                : unstable.map(content -> byList(content, inviter)).orElse(Ruling.ALLOW);
    }

    /// Users come before servers, and what is allowed before what isn't.
    private static Ruling byList(JsonObject content, UserId inviter) {
        if (content.find("enabled").equals(Optional.of(JsonBoolean.FALSE))) {
            return Ruling.ALLOW;
        }
        var user = inviter.value();
        var server = inviter.server().host().toLowerCase(Locale.ROOT);
        return byList(content, "users", user)
                .or(() -> byList(content, "servers", server))
                .orElse(Ruling.ALLOW);
    }

    private static Optional<Ruling> byList(JsonObject content, String kind, String name) {
        if (isListed(content, "allowed_" + kind, name)) {
            return Optional.of(Ruling.ALLOW);
        }
        if (isListed(content, "ignored_" + kind, name)) {
            return Optional.of(Ruling.IGNORE);
        }
        return isListed(content, "blocked_" + kind, name)
                ? Optional.of(Ruling.BLOCK)
                : Optional.empty();
    }

    private static boolean isListed(JsonObject content, String key, String name) {
        return content.peekArray(key).orElse(JsonArray.EMPTY).stream()
                .anyMatch(pattern ->
                        pattern instanceof JsonString(var text) && Glob.matches(text, name));
    }
}
