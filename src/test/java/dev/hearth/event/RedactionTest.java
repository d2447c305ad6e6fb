package dev.hearth.event;

import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.HERE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.signing.SignedJson;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is left of an event when it is redacted, in each room version, and what that changes.
class RedactionTest {

    private static final Set<String> KEYS =
            Set.of(
                    "membership",
                    "join_authorised_via_users_server",
                    "creator",
                    "room_version",
                    "join_rule",
                    "allow",
                    "ban",
                    "events",
                    "events_default",
                    "invite",
                    "kick",
                    "notifications",
                    "redact",
                    "state_default",
                    "users",
                    "users_default",
                    "aliases",
                    "history_visibility",
                    "redacts");

    private static final String[] TYPES = {
        EventType.MEMBER,
        EventType.CREATE,
        EventType.JOIN_RULES,
        EventType.POWER_LEVELS,
        EventType.ALIASES,
        EventType.HISTORY_VISIBILITY,
        EventType.REDACTION,
        EventType.SERVER_ACL,
        "m.room.message"
    };

    private static final String MATRIX =
            """
            m.room.aliases             1-5: aliases
            m.room.aliases             6-12: nothing
            m.room.create              1-10: creator
            m.room.create              11-12: everything
            m.room.history_visibility  1-12: history_visibility
            m.room.join_rules          1-7: join_rule
            m.room.join_rules          8-12: allow join_rule
            m.room.member              1-8: membership
            m.room.member              9-10: join_authorised_via_users_server membership
            m.room.member              11-12: join_authorised_via_users_server membership third_party_invite
            m.room.message             1-12: nothing
            m.room.power_levels        1-10: ban events events_default kick redact state_default users users_default
            m.room.power_levels        11-12: ban events events_default invite kick redact state_default users users_default
            m.room.redaction           1-10: nothing
            m.room.redaction           11-12: redacts
            m.room.server_acl          1-12: nothing
            """;

    /// A room in which much was said, of many types.
    private static Stream<Pdu> events(RoomVersion version) {
        var room =
                RoomScript.publicChat(version)
                        .join(BOB)
                        .then(Act.topic(ALICE, "tea"))
                        .then(Act.state(ALICE, EventType.HISTORY_VISIBILITY, "", everything()))
                        .then(Act.state(ALICE, EventType.SERVER_ACL, "", everything()))
                        .then(Act.state(ALICE, EventType.ALIASES, HERE.value(), everything()));
        return Stream.concat(
                room.state().values().stream(), Stream.of(room.sign(Act.text(BOB, "Hello"))));
    }

    /// Content with every key that any version keeps of any type, and one that none keeps.
    private static JsonObject everything() {
        var content = JsonObject.builder().put("a.key", 1);
        for (var key : KEYS) {
            content.put(key, JsonObject.of("of", key));
        }
        return content.put("third_party_invite", JsonObject.of("signed", 1, "display_name", "b"))
                .build();
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whatIsRedactedTwiceIsRedactedOnce(RoomVersion version) {
        events(version)
                .forEach(event -> {
                    var once = Redaction.redact(event.json(), version);
                    assertEquals(once, Redaction.redact(once, version));
                });
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void anEventKeepsItsIdAndItsSignatures(RoomVersion version) {
        events(version)
                .forEach(event -> {
                    var redacted = Pdu.parse(Redaction.redact(event.json(), version), version);
                    assertEquals(event.eventId(), redacted.eventId());
                    assertEquals(event.reference(), redacted.reference());
                    assertEquals(event.roomId(), redacted.roomId());
                    assertEquals(event.stateTuple(), redacted.stateTuple());
                    assertEquals(event.authEvents(), redacted.authEvents());
                    assertTrue(isSigned(redacted.json()));
                });
    }

    private static boolean isSigned(JsonObject redacted) {
        var key = RoomScript.key(HERE);
        return SignedJson.verify(redacted, HERE.value(), Map.of(key.id(), key.publicKey()));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aRedactedEventHasNotTheContentThatItsHashIsOf(RoomVersion version) {
        var message = RoomScript.publicChat(version).sign(Act.text(ALICE, "Hello"));
        assertTrue(EventHashes.hasRightContentHash(message.json()));
        assertFalse(EventHashes.hasRightContentHash(Redaction.redact(message.json(), version)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aForgedContentLeavesTheIdAndTheSignatureButNotTheHash(RoomVersion version) {
        var event = RoomScript.publicChat(version).sign(Act.text(ALICE, "Hello"));
        var forged = event.json().with("content", JsonObject.of("body", "Good-bye"));
        assertFalse(EventHashes.hasRightContentHash(forged));
        assertTrue(isSigned(Redaction.redact(forged, version)));
        assertArrayEquals(
                EventHashes.referenceHash(event.json(), version),
                EventHashes.referenceHash(forged, version));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aForgedFieldBreaksTheSignature(RoomVersion version) {
        var event = RoomScript.publicChat(version).sign(Act.topic(ALICE, "tea")).json();
        for (var field : Set.of("type", "sender", "state_key", "room_id")) {
            var forged = event.with(field, event.string(field) + "x");
            assertFalse(isSigned(Redaction.redact(forged, version)), field);
        }
        var later = event.with("origin_server_ts", event.integer("origin_server_ts") + 1);
        assertFalse(isSigned(Redaction.redact(later, version)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void nothingIsLeftOfAHashThatIsMissingOrNoText(RoomVersion version) {
        var event = RoomScript.publicChat(version).sign(Act.text(ALICE, "Hello")).json();
        for (var hashes :
                new Object[] {
                    JsonObject.EMPTY,
                    JsonObject.of("sha256", JsonNull.NULL),
                    JsonObject.of("sha256", "not base64!"),
                    JsonObject.of("sha512", "abc"),
                    JsonArray.EMPTY
                }) {
            assertFalse(EventHashes.hasRightContentHash(event.with("hashes", hashes)));
        }
        var padded = event.object("hashes").string("sha256") + "=";
        assertTrue(
                EventHashes.hasRightContentHash(
                        event.with("hashes", JsonObject.of("sha256", padded))));
    }

    @Test
    void whatIsLeftOfContentDependsOnTypeAndVersion() {
        var lines = new StringBuilder();
        for (var type : new TreeSet<>(Set.of(TYPES))) {
            var versions = RoomVersion.values();
            int first = 0;
            for (int i = 1; i <= versions.length; i++) {
                if (i == versions.length
                        || !kept(type, versions[i]).equals(kept(type, versions[first]))) {
                    lines.append(
                            String.format(
                                    "%-27s%s-%s: %s\n",
                                    type,
                                    versions[first],
                                    versions[i - 1],
                                    kept(type, versions[first])));
                    first = i;
                }
            }
        }
        assertEquals(MATRIX, lines.toString());
    }

    private static String kept(String type, RoomVersion version) {
        var event = JsonObject.of("type", type, "content", everything());
        var content = Redaction.redact(event, version).object("content");
        if (content.equals(everything())) {
            return "everything";
        }
        return content.isEmpty() ? "nothing" : String.join(" ", new TreeSet<>(content.keys()));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void oldFieldsOutsideTheContentStayUntil10(RoomVersion version) {
        var event =
                JsonObject.of("type", "m.room.message", "content", JsonObject.EMPTY)
                        .with("origin", "hearth.test")
                        .with("membership", "join")
                        .with("prev_state", JsonArray.EMPTY)
                        .with("redacts", "$1:hearth.test")
                        .with("unsigned", JsonObject.of("age", 1))
                        .with("a.field", 1);
        var kept = Redaction.redact(event, version).keys();
        var always = Set.of("type", "content");
        var until10 = Set.of("type", "content", "origin", "membership", "prev_state");
        assertEquals(version.has(Tweak.MODERN_REDACTION) ? always : until10, kept);
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V11", "V12"})
    void ofAThirdPartyInviteOnlyWhatIsSignedStays(RoomVersion version) {
        assertEquals(
                JsonObject.of("signed", 1), invite(JsonObject.of("signed", 1, "a", 2), version));
        assertEquals(JsonObject.EMPTY, invite(JsonObject.of("a", 2), version));
        assertEquals(JsonNull.NULL, invite("text", version));
    }

    /// What is left of it; null if nothing is.
    private static Object invite(Object invite, RoomVersion version) {
        var content = JsonObject.of("membership", "invite", "third_party_invite", invite);
        var event = JsonObject.of("type", EventType.MEMBER, "content", content);
        return Redaction.redact(event, version)
                .object("content")
                .find("third_party_invite")
                .orElse(JsonNull.NULL);
    }
}
