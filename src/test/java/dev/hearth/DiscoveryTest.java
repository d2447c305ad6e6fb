package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.testing.TestHomeserver;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What clients ask before anything else.
class DiscoveryTest {

    /// DISC-1
    @Test
    void aServerThatIsToldWhereItIsTellsClients() {
        try (var server =
                TestHomeserver.start(
                        Clock.systemUTC(), "public_baseurl=https://matrix.example.org")) {
            var answer = server.client().get("/.well-known/matrix/client");
            assertEquals(
                    JsonObject.of(
                            "m.homeserver",
                            JsonObject.of("base_url", "https://matrix.example.org")),
                    answer.ok());
            assertEquals(List.of("*"), answer.headers().get("access-control-allow-origin"));
        }
    }

    /// DISC-1
    @Test
    void aServerThatIsNotToldWhereItIsSaysSo() {
        try (var server = TestHomeserver.start()) {
            server.client().get("/.well-known/matrix/client").refused(404, "M_NOT_FOUND");
        }
    }

    ///
    @Test
    void clientsLearnWhereCallsAreCarried() {
        var transport =
                JsonObject.of(
                        "type", "livekit", "livekit_service_url", "https://rtc.example.org/jwt");
        var path = "/_matrix/client/unstable/org.matrix.msc4143/rtc/transports";
        try (var server =
                TestHomeserver.start(
                        Clock.systemUTC(),
                        "public_baseurl=https://matrix.example.org",
                        "rtc.transports=[" + transport + "]")) {
            var alice = server.register("alice");
            var all = JsonArray.of(transport);
            assertEquals(all, alice.client().get(path).ok().array("rtc_transports"));
            var wellKnown = server.client().get("/.well-known/matrix/client").ok();
            assertEquals(all, wellKnown.array("org.matrix.msc4143.rtc_foci"));
            server.client().get(path).refused(401, "M_MISSING_TOKEN");
        }
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            assertEquals(JsonArray.EMPTY, alice.client().get(path).ok().array("rtc_transports"));
        }
    }

    /// Complement: TestVersionStructure
    ///
    /// DISC-4: what is promised is in [RouteTableTest], or in the test of a feature.
    @Test
    void whatIsPromisedIsThis() {
        try (var server = TestHomeserver.start()) {
            var answer = server.client().get("/_matrix/client/versions").ok();
            assertEquals(
                    IntStream.rangeClosed(1, 19).mapToObj(minor -> "v1." + minor).toList(),
                    answer.array("versions").strings());
            assertEquals(
                    Set.of(
                            "org.matrix.e2e_cross_signing",
                            "org.matrix.msc2285.stable",
                            "org.matrix.msc2432",
                            "org.matrix.msc3030",
                            "org.matrix.msc3266",
                            "org.matrix.msc3391",
                            "org.matrix.msc3440.stable",
                            "org.matrix.msc3715.stable",
                            "org.matrix.msc3771",
                            "org.matrix.msc3773",
                            "org.matrix.msc3814",
                            "org.matrix.msc3827.stable",
                            "org.matrix.msc3856.stable",
                            "org.matrix.msc3874",
                            "org.matrix.msc3881",
                            "org.matrix.msc3882",
                            "org.matrix.msc3890",
                            "org.matrix.msc3952_intentional_mentions",
                            "org.matrix.msc3967",
                            "org.matrix.msc3981",
                            "org.matrix.msc4140",
                            "org.matrix.msc4143",
                            "org.matrix.msc4151",
                            "org.matrix.msc4155",
                            "org.matrix.msc4222",
                            "org.matrix.msc4354",
                            "uk.half-shot.msc2666.query_mutual_rooms",
                            "uk.half-shot.msc2666.query_mutual_rooms.stable",
                            "uk.tcpip.msc4133",
                            "uk.tcpip.msc4133.stable"),
                    on(answer.object("unstable_features")));
        }
    }

    private static Set<String> on(JsonObject features) {
        return features.members().keySet().stream()
                .filter(features::isTrue)
                .collect(Collectors.toSet());
    }

    /// DISC-4: without their push rules clients would promise what doesn't happen.
    @Test
    void threadSubscriptionsArePromisedWhereTheyCount() {
        try (var server =
                TestHomeserver.start(Clock.systemUTC(), "push.thread_subscriptions=true")) {
            var answer = server.client().get("/_matrix/client/versions").ok();
            assertTrue(on(answer.object("unstable_features")).contains("org.matrix.msc4306"));
        }
    }

    /// DISC-4, X-2
    @Test
    void delayedEventsAreNotPromisedWhereTheyAreOff() {
        try (var server =
                TestHomeserver.start(Clock.systemUTC(), "delayed_events.max_delay=\"0\"")) {
            var answer = server.client().get("/_matrix/client/versions").ok();
            assertFalse(on(answer.object("unstable_features")).contains("org.matrix.msc4140"));
        }
    }

    /// DISC-4
    @Test
    void versionsAreTheSameWithAGoodTokenABadOneAndNone() {
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            var plain = server.client().get("/_matrix/client/versions").ok();
            assertTrue(plain.object("unstable_features").isTrue("org.matrix.msc2285.stable"));
            assertEquals(plain, alice.client().get("/_matrix/client/versions").ok());
            assertEquals(plain, server.client().as("bad").get("/_matrix/client/versions").ok());
        }
    }

    /// CAP-1, CAP-3, Complement: TestServerCapabilities
    @Test
    void capabilitiesNameAllRoomVersions() {
        try (var server = TestHomeserver.start(Clock.systemUTC(), "rooms.default_version=10")) {
            var alice = server.register("alice");
            var rooms =
                    alice.client()
                            .get("/_matrix/client/v3/capabilities")
                            .ok()
                            .object("capabilities")
                            .object("m.room_versions");
            assertEquals("10", rooms.string("default"));
            for (int version = 1; version <= 12; version++) {
                assertEquals(
                        new JsonString("stable"),
                        rooms.object("available").get(Integer.toString(version)));
            }
            server.client().get("/_matrix/client/v3/capabilities").refused(401, "M_MISSING_TOKEN");
        }
    }

    /// DISC-2
    @Test
    void aServerThatIsElsewhereTellsOthersWhere() {
        try (var server =
                TestHomeserver.start(
                        Clock.systemUTC(), "well_known.server=matrix.example.org:443")) {
            assertEquals(
                    JsonObject.of("m.server", "matrix.example.org:443"),
                    server.client().get("/.well-known/matrix/server").ok());
        }
    }

    /// DISC-2
    @Test
    void usersAreToldWhomToAsk() {
        try (var server =
                TestHomeserver.start(
                        Clock.systemUTC(),
                        "well_known.support_page=https://example.org/help",
                        "well_known.support_contacts=[{\"role\":\"m.role.admin\","
                                + "\"matrix_id\":\"@admin:example.org\"},"
                                + "{\"role\":\"m.role.security\","
                                + "\"email_address\":\"security@example.org\"}]")) {
            assertEquals(
                    JsonObject.of(
                            "contacts",
                            JsonArray.of(
                                    JsonObject.of(
                                            "role", "m.role.admin",
                                            "matrix_id", "@admin:example.org"),
                                    JsonObject.of(
                                            "role", "m.role.security",
                                            "email_address", "security@example.org")),
                            "support_page",
                            "https://example.org/help"),
                    server.client().get("/.well-known/matrix/support").ok());
        }
    }

    /// DISC-2: one of both is enough
    @Test
    void aPageAloneIsSupportToo() {
        try (var server =
                TestHomeserver.start(
                        Clock.systemUTC(), "well_known.support_page=https://example.org/help")) {
            assertEquals(
                    JsonObject.of("support_page", "https://example.org/help"),
                    server.client().get("/.well-known/matrix/support").ok());
        }
    }

    /// DISC-2, DISC-3, DISC-5
    @Test
    void whatThisServerIsNotIsNotFound() {
        try (var server = TestHomeserver.start()) {
            for (var name : List.of("server", "support", "policy_server")) {
                server.client().get("/.well-known/matrix/" + name).refused(404, "M_NOT_FOUND");
            }
            server.client().get("/_matrix/client/v1/auth_metadata").refused(404, "M_UNRECOGNIZED");
        }
    }

    /// CAP-1, CAP-2: each says what can be done here
    @Test
    void capabilitiesSayWhatCanBeDone() {
        try (var server = TestHomeserver.start()) {
            var told =
                    server.register("alice")
                            .client()
                            .get("/_matrix/client/v3/capabilities")
                            .ok()
                            .object("capabilities");
            var on = JsonObject.of("enabled", true);
            var off = JsonObject.of("enabled", false);
            assertEquals(
                    JsonObject.of(
                            "m.change_password", on,
                            "m.profile_fields", on,
                            "m.set_displayname", on,
                            "m.set_avatar_url", on,
                            "m.3pid_changes", off,
                            "m.get_login_token", on,
                            "m.forget_forced_upon_leave", off),
                    told.without("m.room_versions"));
        }
    }

    /// Addresses come with e-mail, other networks with application services.
    @Test
    void whatThereIsNoneOfIsEmpty() {
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice").client();
            assertEquals(
                    JsonObject.of("threepids", JsonArray.EMPTY),
                    alice.get("/_matrix/client/v3/account/3pid").ok());
            var networks = "/_matrix/client/v3/thirdparty/";
            assertEquals(JsonObject.EMPTY, alice.get(networks + "protocols").ok());
            for (var lookup :
                    List.of("protocol/irc", "location/irc", "user/irc", "location", "user")) {
                alice.get(networks + lookup).refused(404, "M_NOT_FOUND");
                server.client().get(networks + lookup).refused(401, "M_MISSING_TOKEN");
            }
        }
    }
}
