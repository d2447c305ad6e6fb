package dev.hearth.event;

import dev.hearth.identifier.ServerName;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which servers may take part in a room (ACL-1): what is denied may not, what else is allowed may.
/// The case of names doesn't count, nor do ports.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mroomserver_acl m.room.server_acl
public record ServerAcl(boolean allowsIpLiterals, List<String> allow, List<String> deny) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    public ServerAcl {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /// What makes no sense in it is as if it weren't there.
    public static ServerAcl of(JsonObject content) {
        boolean literals =
                !content.find("allow_ip_literals").equals(Optional.of(JsonBoolean.FALSE));
        return new ServerAcl(literals, patterns(content, "allow"), patterns(content, "deny"));
    }

    private static List<String> patterns(JsonObject content, String key) {
        return content.peekArray(key).orElse(JsonArray.EMPTY).stream()
                .filter(JsonString.class::isInstance)
                .map(pattern -> ((JsonString) pattern).value().toLowerCase(Locale.ROOT))
                .toList();
    }

    /// Whether a room lets a server take part, by its access list if it has one.
    public static boolean allows(Optional<Pdu> acl, ServerName server) {
        return acl.map(event -> of(event.content()).allows(server)).orElse(true);
    }

    public boolean allows(ServerName server) {
        var host = server.host().toLowerCase(Locale.ROOT);
        if (!allowsIpLiterals && isIpLiteral(host)) {
            return false;
        }
        return matches(allow, host) && !matches(deny, host);
    }

    private static boolean isIpLiteral(String host) {
        return host.startsWith("[") || IPV4.matcher(host).matches();
    }

    private static boolean matches(List<String> patterns, String host) {
        return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, host));
    }
}
