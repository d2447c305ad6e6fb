package dev.hearth.event;

import static dev.hearth.roomversion.RoomVersion.V11;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.publicChat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.testing.Act;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is an event and what is none: each test takes a good event and bends one thing.
class EventFormatTest {

    private static final long MOST = (1L << 53) - 1;

    private static JsonObject message(RoomVersion version) {
        return publicChat(version).sign(Act.text(ALICE, "Hello")).json();
    }

    private static JsonObject topic(RoomVersion version) {
        return publicChat(version).sign(Act.topic(ALICE, "tea")).json();
    }

    private static void isEvent(JsonObject json, RoomVersion version) {
        assertDoesNotThrow(() -> Pdu.parse(json, version));
    }

    private static void isNoEvent(JsonObject json, RoomVersion version) {
        assertThrows(InvalidEventException.class, () -> Pdu.parse(json, version), json::toString);
    }

    /// Every field that an event needs, with the only kind of JSON that it may be.
    private static Map<String, Class<? extends JsonValue>> required(RoomVersion version) {
        var fields =
                new HashMap<String, Class<? extends JsonValue>>(
                        Map.of(
                                "type", JsonString.class,
                                "sender", JsonString.class,
                                "room_id", JsonString.class,
                                "content", JsonObject.class,
                                "hashes", JsonObject.class,
                                "signatures", JsonObject.class,
                                "origin_server_ts", JsonInteger.class,
                                "depth", JsonInteger.class,
                                "auth_events", JsonArray.class,
                                "prev_events", JsonArray.class));
        if (version.has(Tweak.EXPLICIT_EVENT_ID)) {
            fields.put("event_id", JsonString.class);
        }
        return fields;
    }

    private static Stream<JsonValue> otherThan(Class<? extends JsonValue> kind) {
        return Stream.<JsonValue>of(
                        new JsonString("text"),
                        new JsonInteger(1),
                        new JsonDecimal("1.5"),
                        JsonBoolean.TRUE,
                        JsonNull.NULL,
                        JsonArray.EMPTY,
                        JsonObject.EMPTY)
                .filter(value -> !kind.isInstance(value));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void everyFieldIsThereAndOfItsKind(RoomVersion version) {
        var message = message(version);
        isEvent(message, version);
        required(version)
                .forEach((field, kind) -> {
                    isNoEvent(message.without(field), version);
                    otherThan(kind)
                            .forEach(other -> isNoEvent(message.with(field, other), version));
                });
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aStateKeyIsText(RoomVersion version) {
        var topic = topic(version);
        isEvent(topic.with("state_key", ""), version);
        otherThan(JsonString.class)
                .forEach(other -> isNoEvent(topic.with("state_key", other), version));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void unknownFieldsAreKept(RoomVersion version) {
        var event = message(version).with("origin", "hearth.test").with("a.field", JsonNull.NULL);
        assertEquals(event, Pdu.parse(event, version).json());
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void anEventHas65536BytesAtMost(RoomVersion version) {
        isEvent(ofBytes(65_535, version), version);
        isEvent(ofBytes(65_536, version), version);
        isNoEvent(ofBytes(65_537, version), version);
    }

    /// A message of so many bytes, most of them in characters of more than one.
    private static JsonObject ofBytes(int bytes, RoomVersion version) {
        var message = message(version);
        int missing = bytes - CanonicalJson.length(message.with("filler", ""));
        var filler = "é".repeat(missing / 2) + "e".repeat(missing % 2);
        var event = message.with("filler", filler);
        assertEquals(bytes, CanonicalJson.length(event));
        return event;
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void namesHave255BytesAtMost(RoomVersion version) {
        var topic = topic(version);
        for (var field : List.of("type", "state_key")) {
            isEvent(topic.with(field, "é".repeat(127) + "e"), version);
            isNoEvent(topic.with(field, "é".repeat(128)), version);
            isNoEvent(topic.with(field, "e".repeat(256)), version);
        }
        var longest = 255 - "@:hearth.test".length();
        isEvent(topic.with("sender", "@" + "e".repeat(longest) + ":hearth.test"), version);
        isNoEvent(topic.with("sender", "@" + "e".repeat(longest + 1) + ":hearth.test"), version);
        isEvent(topic.with("room_id", "!" + "e".repeat(254)), version);
        isNoEvent(topic.with("room_id", "!" + "e".repeat(255)), version);
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V1", "V2"})
    void aChosenIdNamesAServerAndHas255BytesAtMost(RoomVersion version) {
        var message = message(version);
        isEvent(message.with("event_id", "$" + "e".repeat(242) + ":hearth.test"), version);
        isNoEvent(message.with("event_id", "$" + "e".repeat(243) + ":hearth.test"), version);
        isNoEvent(message.with("event_id", "$e"), version);
        isNoEvent(message.with("event_id", "$e:"), version);
        isNoEvent(message.with("event_id", "$e:no server"), version);
        isNoEvent(message.with("event_id", "e:hearth.test"), version);
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V1", "V2"},
            mode = EnumSource.Mode.EXCLUDE)
    void aStrayIdIsAFieldLikeAnyOther(RoomVersion version) {
        var plain = Pdu.parse(message(version), version);
        var stray = Pdu.parse(plain.json().with("event_id", plain.eventId()), version);
        assertTrue(!stray.eventId().equals(plain.eventId()), "redaction keeps it, so it is hashed");
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aSenderIsAUser(RoomVersion version) {
        var message = message(version);
        isEvent(message.with("sender", "@An Old User:hearth.test"), version);
        for (var other : List.of("", "alice:hearth.test", "@alice", "@alice:", "!a:hearth.test")) {
            isNoEvent(message.with("sender", other), version);
        }
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void numbersAreWholeAndSmallSince6(RoomVersion version) {
        var message = message(version);
        for (var good : List.of(MOST, -MOST, 0L)) {
            isEvent(message.with("content", JsonObject.of("deep", JsonArray.of(good))), version);
        }
        for (var bad : numbersOfOld()) {
            var bent = message.with("content", JsonObject.of("deep", JsonArray.of(bad)));
            if (version.has(Tweak.STRICT_CANONICAL_JSON)) {
                isNoEvent(bent, version);
            } else {
                isEvent(bent, version);
            }
        }
    }

    private static List<JsonValue> numbersOfOld() {
        return List.of(
                new JsonInteger(MOST + 1),
                new JsonInteger(-MOST - 1),
                new JsonDecimal("-0"),
                new JsonDecimal("1.0"),
                new JsonDecimal("1e3"),
                new JsonDecimal("0.5"),
                new JsonDecimal("9".repeat(30)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whatIsUnsignedMayHoldAnyNumber(RoomVersion version) {
        isEvent(
                message(version).with("unsigned", JsonObject.of("a", new JsonDecimal("0.5"))),
                version);
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void depthIsNotNegativeAndBounded(RoomVersion version) {
        var message = message(version);
        isEvent(message.with("depth", 0), version);
        isEvent(message.with("depth", MOST), version);
        isNoEvent(message.with("depth", -1), version);
        isNoEvent(message.with("depth", new JsonDecimal("9223372036854775808")), version);
        var deepest = message.with("depth", Long.MAX_VALUE);
        if (version.has(Tweak.STRICT_CANONICAL_JSON)) {
            isNoEvent(deepest, version);
        } else {
            assertEquals(Long.MAX_VALUE, Pdu.parse(deepest, version).depth());
        }
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void anEventNamesTenGroundsAndTwentyPredecessorsAtMost(RoomVersion version) {
        var message = message(version);
        isEvent(message.with("auth_events", references(10, version)), version);
        isNoEvent(message.with("auth_events", references(11, version)), version);
        isEvent(message.with("prev_events", references(20, version)), version);
        isNoEvent(message.with("prev_events", references(21, version)), version);
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void anEventOfThePastNamesAnyNumber(RoomVersion version) {
        var event =
                message(version)
                        .with("auth_events", references(11, version))
                        .with("prev_events", references(21, version));
        isNoEvent(event, version);
        var pdu = Pdu.parseBackfilled(event, version);
        assertEquals(21, pdu.prevEvents().size());
        assertThrows(
                InvalidEventException.class,
                () -> Pdu.parseBackfilled(event.with("depth", -1), version));
    }

    private static JsonArray references(int count, RoomVersion version) {
        var references = new ArrayList<JsonValue>();
        for (int i = 0; i < count; i++) {
            references.add(reference("$" + i + ":hearth.test", version));
        }
        return JsonArray.from(references);
    }

    private static JsonValue reference(String id, RoomVersion version) {
        return version.has(Tweak.EXPLICIT_EVENT_ID)
                ? JsonArray.of(id, JsonObject.of("sha256", "abc"))
                : new JsonString(id);
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void eventsAreNamedInOneWay(RoomVersion version) {
        var message = message(version);
        boolean pairs = version.has(Tweak.EXPLICIT_EVENT_ID);
        for (var field : List.of("auth_events", "prev_events")) {
            for (var other : wrongReferences(pairs)) {
                isNoEvent(message.with(field, JsonArray.of(other)), version);
            }
            assertEquals(
                    List.of("$1:hearth.test"),
                    named(message.with(field, references(2, version)), field, version));
        }
    }

    private static List<String> named(JsonObject event, String field, RoomVersion version) {
        var pdu = Pdu.parse(event, version);
        var ids = field.equals("auth_events") ? pdu.authEvents() : pdu.prevEvents();
        return ids.stream().skip(1).map(Object::toString).toList();
    }

    private static List<JsonValue> wrongReferences(boolean pairs) {
        var id = new JsonString("$1:hearth.test");
        var hash = JsonObject.of("sha256", "abc");
        var wrong =
                new ArrayList<JsonValue>(
                        List.of(
                                JsonNull.NULL,
                                new JsonInteger(1),
                                hash,
                                JsonArray.EMPTY,
                                JsonArray.of(id),
                                JsonArray.of(id, "abc"),
                                JsonArray.of(id, hash, hash),
                                JsonArray.of(1, hash)));
        wrong.add(pairs ? id : JsonArray.of(id, hash));
        wrong.add(pairs ? JsonArray.of("no-sigil", hash) : new JsonString("no-sigil"));
        return wrong;
    }

    @Test
    void onlyACreateEventOf12NamesNoRoom() {
        var create = publicChat(V12).find(EventType.CREATE).json();
        assertEquals(
                "!" + Pdu.parse(create, V12).eventId().value().substring(1),
                Pdu.parse(create, V12).roomId().value());
        isNoEvent(create.without("state_key"), V12);
        isNoEvent(create.with("room_id", 1), V12);
        isNoEvent(publicChat(V11).find(EventType.CREATE).json().without("room_id"), V11);
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aRedactionThatNamesNoEventRedactsNothing(RoomVersion version) {
        var message = message(version).with("type", EventType.REDACTION);
        var wrong = List.of(JsonNull.NULL, new JsonInteger(1), new JsonString("no-sigil"));
        for (var target : wrong) {
            var event =
                    message.with("redacts", target)
                            .with("content", JsonObject.of("redacts", target));
            assertTrue(Pdu.parse(event, version).redacts().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whatIsRedactedStandsInTheContentSince11(RoomVersion version) {
        var event =
                message(version)
                        .with("type", EventType.REDACTION)
                        .with("redacts", "$outside:hearth.test")
                        .with("content", JsonObject.of("redacts", "$inside:hearth.test"));
        assertEquals(
                version.has(Tweak.REDACTS_IN_CONTENT)
                        ? "$inside:hearth.test"
                        : "$outside:hearth.test",
                Pdu.parse(event, version).redacts().orElseThrow().value());
    }
}
