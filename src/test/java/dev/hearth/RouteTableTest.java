package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.testing.TestHomeserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The table of endpoints against that of the specification. What is not there yet is written to
/// `target/missing-endpoints.txt`.
class RouteTableTest {

    /// Asked for without a token only by those who prove who they are by e-mail, which isn't there.
    private static final Set<String> NEED_A_TOKEN =
            Set.of(
                    "POST /_matrix/client/v3/account/deactivate",
                    "POST /_matrix/client/v3/account/password");

    /// What isn't signed of what servers ask each other: others ask it too.
    private static final Set<String> OF_SERVERS = Set.of("/_matrix/federation/v1/openid/userinfo");

    /// Not in the list of what guests may, and yet how their clients join: matrix-js-sdk sends
    /// every join there, and the list names the other path to the same.
    private static final Set<String> FOR_GUESTS_TOO =
            Set.of("POST /_matrix/client/v3/join/{roomIdOrAlias}");

    /// Parts of the specification that are not here, by what their paths have in common: media,
    /// e-mail addresses and phone numbers, OAuth, application services.
    private static final List<String> LATER =
            List.of("/media/", "/account/3pid", "/requestToken", "/auth_metadata", "/appservice/");

    private static final List<String> BEYOND =
            List.of("/_matrix/client/unstable/", "/_synapse/admin/");

    /// An empty state key at the end of a path, and a slash there that clients put or leave away;
    /// the one field of a profile that guests set; what older clients ask for, and other servers.
    private static final Set<String> ALIASES =
            Set.of(
                    "/_matrix/client/v3/rooms/{roomId}/send/{eventType}",
                    "/_matrix/client/v3/rooms/{roomId}/state/{eventType}",
                    "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/",
                    "/_matrix/client/v3/profile/{userId}/displayname",
                    "/_matrix/client/v3/login/cas/redirect",
                    "/.well-known/matrix/server",
                    "/_matrix/client/v3/pushrules",
                    "/_matrix/client/v3/pushrules/global");

    private record Operation(String access, boolean limited) {}

    private static Map<String, Operation> specified() throws IOException {
        var operations = new TreeMap<String, Operation>();
        Table.rows("endpoints.tsv")
                .forEach(row ->
                        operations.put(
                                row[0] + " " + row[1],
                                new Operation(access(row), row[4].equals("limited"))));
        return operations;
    }

    private static String access(String[] row) {
        if (FOR_GUESTS_TOO.contains(row[0] + " " + row[1])) {
            return "guest";
        }
        return switch (row[2]) {
            case "token" -> row[3].equals("guests") ? "guest" : "client";
            case "appservice" -> "appservice";
            default -> NEED_A_TOKEN.contains(row[0] + " " + row[1]) ? "client" : "open";
        };
    }

    private static Map<String, Operation> ours() {
        var operations = new TreeMap<String, Operation>();
        try (var server =
                TestHomeserver.start(Clock.systemUTC(), "registration.shared_secret=secret")) {
            for (var line : server.endpoints()) {
                var words = line.split(" ");
                operations.put(
                        words[0] + " " + words[1],
                        new Operation(words[2], words[3].equals("limited")));
            }
        }
        return operations;
    }

    @Test
    void everyEndpointIsAsTheSpecificationSays() throws IOException {
        var specified = specified();
        var faults = new ArrayList<String>();
        ours().forEach((name, operation) -> {
            var wanted = specified.get(name);
            if (wanted == null) {
                if (!isKnownBeyond(name)) {
                    faults.add(name + " is not in the specification");
                }
            } else if (!wanted.access().equals(operation.access())) {
                faults.add(name + " is " + operation.access() + ", not " + wanted.access());
            } else if (wanted.limited() && !operation.limited()) {
                faults.add(name + " has no rate limit");
            }
        });
        assertEquals(List.of(), faults);
    }

    /// names of proposals, which clients go on to use for what the specification has since.
    @Test
    void whatClientsCallBeyondTheSpecificationIsHere() throws IOException {
        var missing =
                new TreeSet<>(Table.rows("beyond.tsv").map(row -> row[0] + " " + row[1]).toList());
        missing.removeAll(ours().keySet());
        assertEquals(Set.of(), missing);
    }

    private static boolean isKnownBeyond(String name) {
        var path = name.substring(name.indexOf(' ') + 1);
        return ALIASES.contains(path)
                || OF_SERVERS.contains(path)
                || BEYOND.stream().anyMatch(path::startsWith);
    }

    @Test
    void whatIsMissingIsKnown() throws IOException {
        var missing = new TreeSet<>(specified().keySet());
        missing.removeAll(ours().keySet());
        Files.write(Path.of("target", "missing-endpoints.txt"), missing);
        missing.removeIf(name -> LATER.stream().anyMatch(name::contains));
        assertEquals(Set.of(), missing);
    }
}
