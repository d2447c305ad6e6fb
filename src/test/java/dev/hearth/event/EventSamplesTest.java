package dev.hearth.event;

import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static dev.hearth.testing.RoomScript.HERE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.authorization.Authorization;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.RandomJson;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.signing.SignedJson;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import dev.hearth.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What holds for any event, on random examples.
class EventSamplesTest {

    private static final int EXAMPLES = 300;

    private static final EventSigner SIGNER = new EventSigner(HERE, RoomScript.key(HERE));

    private static RoomVersion version(SplittableRandom random) {
        return RoomVersion.values()[random.nextInt(RoomVersion.values().length)];
    }

    private static RandomJson json(SplittableRandom random, RoomVersion version) {
        return new RandomJson(random, version.has(Tweak.STRICT_CANONICAL_JSON));
    }

    /// An event without hashes and signatures, with anything in it beside what it must have.
    private static JsonObject draft(SplittableRandom random, RoomVersion version) {
        var types = List.of("m.room.message", EventType.MEMBER, EventType.POWER_LEVELS);
        var draft =
                JsonObject.builder()
                        .putAll(json(random, version).object())
                        .put("origin", json(random, version).value())
                        .put("unsigned", json(random, version).object())
                        .put("type", types.get(random.nextInt(types.size())))
                        .put("sender", ALICE)
                        .put("room_id", "!room:hearth.test")
                        .put("origin_server_ts", random.nextInt())
                        .put("depth", random.nextInt(1000))
                        .put("prev_events", JsonArray.EMPTY)
                        .put("auth_events", JsonArray.EMPTY)
                        .put("content", json(random, version).object());
        if (version.has(Tweak.EXPLICIT_EVENT_ID)) {
            draft.put("event_id", "$" + random.nextInt(1000) + ":hearth.test");
        }
        return draft.build();
    }

    @Test
    void whatWeSignIsWhatOthersRead() {
        Samples.check(
                EXAMPLES,
                random -> {
                    var version = version(random);
                    var signed = SIGNER.build(draft(random, version), version);
                    var json = signed.pdu().json();
                    assertArrayEquals(CanonicalJson.writeLenient(json), signed.canonical());
                    assertEquals(signed.canonical().length, signed.length());
                    assertEquals(signed.pdu().eventId(), Pdu.parse(json, version).eventId());
                    assertTrue(EventHashes.hasRightContentHash(json));
                    assertTrue(isSigned(Redaction.redact(json, version)));
                });
    }

    private static boolean isSigned(JsonObject redacted) {
        var key = RoomScript.key(HERE);
        return SignedJson.verify(redacted, HERE.value(), Map.of(key.id(), key.publicKey()));
    }

    @Test
    void redactingAgainChangesNothing() {
        Samples.check(
                EXAMPLES,
                random -> {
                    var version = version(random);
                    var event = draft(random, version);
                    var once = Redaction.redact(event, version);
                    assertEquals(once, Redaction.redact(once, version));
                    assertArrayEquals(
                            EventHashes.referenceHash(event, version),
                            EventHashes.referenceHash(once, version));
                });
    }

    /// A room with a bit of everything that the rules look at.
    private static RoomScript room(RoomVersion version) {
        return RoomScript.publicChat(version)
                .join(BOB)
                .power(BOB, 50)
                .then(Act.state(ALICE, EventType.THIRD_PARTY_INVITE, "token", JsonObject.EMPTY))
                .joinRule("knock_restricted")
                .invite(ALICE, CAROL);
    }

    private static List<Act> acts(RoomVersion version) {
        var thirdParty =
                JsonObject.of(
                        "signed",
                        JsonObject.of(
                                "mxid",
                                CAROL,
                                "token",
                                "token",
                                "signatures",
                                JsonObject.of("a.test", JsonObject.EMPTY)));
        return List.of(
                Act.create(ALICE, version).saying("additional_creators", JsonArray.of(BOB)),
                Act.join(CAROL).saying("join_authorised_via_users_server", ALICE),
                Act.invite(ALICE, CAROL).saying("third_party_invite", thirdParty),
                Act.knock(CAROL),
                Act.ban(BOB, CAROL),
                Act.kick(BOB, ALICE),
                Act.powerLevels(BOB, levels()),
                Act.joinRule(ALICE, "restricted").saying("allow", JsonArray.EMPTY),
                Act.topic(BOB, "tea"),
                Act.text(BOB, "Hello"),
                Act.message(BOB, EventType.REDACTION, JsonObject.of("redacts", "$1:a.test")),
                Act.state(BOB, EventType.ALIASES, HERE.value(), JsonObject.EMPTY));
    }

    private static JsonObject levels() {
        return JsonObject.of(
                "users", JsonObject.of(BOB.value(), 50, ALICE.value(), 100),
                "events", JsonObject.of("m.room.topic", 50),
                "notifications", JsonObject.of("room", 50),
                "ban", 50);
    }

    private static Act anyOf(List<Act> acts, SplittableRandom random) {
        return acts.get(random.nextInt(acts.size()));
    }

    @Test
    void anEventThatIsBentIsRefusedOrJudgedButNothingBreaks() {
        Samples.check(
                EXAMPLES,
                random -> {
                    var version = version(random);
                    var room = room(version);
                    var good = room.sign(anyOf(acts(version), random)).json();
                    for (int i = 0; i < 20; i++) {
                        var bent = new RandomJson(random, false).bent(good);
                        if (bent instanceof JsonObject event) {
                            receive(room, event);
                        }
                    }
                });
    }

    private static void receive(RoomScript room, JsonObject json) {
        try {
            var event = Pdu.parse(json, room.version());
            Authorization.voucher(event);
            EventHashes.hasRightContentHash(json);
            isSigned(Redaction.redact(json, room.version()));
            event.reference();
            event.redacts();
            room.judge(event);
        } catch (InvalidEventException e) {
            assertTrue(!String.valueOf(e.getMessage()).isEmpty(), "it says why");
        }
    }

    @Test
    void stateThatIsBentBreaksNothingThatIsJudgedByIt() {
        Samples.check(
                EXAMPLES,
                random -> {
                    var version = version(random);
                    var acts = acts(version);
                    var room = room(version);
                    var state = anyOf(acts.stream().skip(1).toList(), random);
                    var content = json(random, version).bent(state.content());
                    if (content instanceof JsonObject bent) {
                        var after = room.given(state.withContent(bent));
                        acts.forEach(act -> after.judge(after.sign(act)));
                    }
                });
    }

    @Test
    void aCreateEventThatIsBentBreaksNothingThatIsJudgedByIt() {
        Samples.check(
                EXAMPLES,
                random -> {
                    var version = version(random);
                    var create = Act.create(ALICE, version).saying("m.federate", false);
                    var content = json(random, version).bent(create.content());
                    if (content instanceof JsonObject bent) {
                        var room =
                                RoomScript.nothing(version)
                                        .given(create.withContent(bent))
                                        .given(Act.join(ALICE))
                                        .given(Act.powerLevels(ALICE, levels()));
                        acts(version).forEach(act -> room.judge(room.sign(act)));
                    }
                });
    }
}
