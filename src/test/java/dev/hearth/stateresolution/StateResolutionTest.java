package dev.hearth.stateresolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.authorization.AuthEventSelection;
import dev.hearth.event.EventSigner;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.signing.SigningKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Stories of rooms that diverge, told to every room version that resolves by the graph.
class StateResolutionTest {

    private static final ServerName SERVER = ServerName.parse("hearth.test");
    private static final UserId ALICE = UserId.of("alice", SERVER);
    private static final UserId BOB = UserId.of("bob", SERVER);

    /// A room that can be told two ways.
    private static final class Story {
        private final RoomVersion version;
        private final EventSigner signer =
                new EventSigner(SERVER, new SigningKey(KeyId.parse("ed25519:1"), new byte[32]));
        private final Map<EventId, Pdu> events = new HashMap<>();
        private Optional<Pdu> create = Optional.empty();
        private long clock;

        private Story(RoomVersion version) {
            this.version = version;
        }

        private Map<StateTuple, EventId> say(
                Map<StateTuple, EventId> before,
                UserId sender,
                String type,
                String key,
                JsonObject content) {
            var grounds =
                    AuthEventSelection.of(type, Optional.of(key), sender, content, version).stream()
                            .filter(before::containsKey)
                            .map(before::get)
                            .toList();
            clock++;
            var draft =
                    JsonObject.builder()
                            .put("type", type)
                            .put("state_key", key)
                            .put("sender", sender)
                            .put("content", content)
                            .put("origin_server_ts", clock)
                            .put("depth", clock)
                            .put("auth_events", references(grounds))
                            .put(
                                    "prev_events",
                                    references(
                                            List.copyOf(before.values())
                                                    .subList(0, Math.min(1, before.size()))));
            if (version.has(Tweak.EXPLICIT_EVENT_ID)) {
                draft.put("event_id", "$e" + clock + ":" + SERVER);
            }
            if (!version.has(Tweak.ROOM_ID_IS_CREATE_HASH)) {
                draft.put("room_id", "!story:" + SERVER);
            } else if (create.isPresent()) {
                draft.put("room_id", create.get().roomId());
            }
            var pdu = signer.sign(draft.build(), version);
            events.put(pdu.eventId(), pdu);
            create = create.or(() -> Optional.of(pdu));
            var after = new HashMap<>(before);
            after.put(new StateTuple(type, key), pdu.eventId());
            return after;
        }

        private JsonArray references(List<EventId> ids) {
            return version.has(Tweak.EXPLICIT_EVENT_ID)
                    ? JsonArray.from(
                            ids.stream().map(id -> JsonArray.of(id, JsonObject.EMPTY)).toList())
                    : JsonArray.from(ids);
        }

        private Map<StateTuple, EventId> begin() {
            var content = JsonObject.of("room_version", version.id());
            if (!version.has(Tweak.CREATOR_IS_SENDER)) {
                content = content.with("creator", ALICE);
            }
            var state = say(Map.of(), ALICE, "m.room.create", "", content);
            state = member(state, ALICE, ALICE, "join");
            var users = JsonObject.of(BOB.value(), 50);
            if (!version.has(Tweak.PRIVILEGED_CREATORS)) {
                users = users.with(ALICE.value(), 100);
            }
            state = say(state, ALICE, "m.room.power_levels", "", JsonObject.of("users", users));
            state =
                    say(
                            state,
                            ALICE,
                            "m.room.join_rules",
                            "",
                            JsonObject.of("join_rule", "public"));
            return member(state, BOB, BOB, "join");
        }

        private Map<StateTuple, EventId> member(
                Map<StateTuple, EventId> state, UserId sender, UserId target, String membership) {
            return say(
                    state,
                    sender,
                    "m.room.member",
                    target.value(),
                    JsonObject.of("membership", membership));
        }

        private Map<StateTuple, EventId> resolve(List<Map<StateTuple, EventId>> states) {
            return StateResolution.resolve(
                    version,
                    states,
                    new EventSource() {
                        @Override
                        public Map<EventId, Pdu> load(Collection<EventId> ids) {
                            return ids.stream()
                                    .filter(events::containsKey)
                                    .collect(Collectors.toMap(id -> id, events::get, (a, _) -> a));
                        }

                        @Override
                        public boolean isRejected(EventId id) {
                            return false;
                        }
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, mode = EnumSource.Mode.EXCLUDE, names = "V1")
    void whoIsBannedOnOneSideChangesNothingOnTheOther(RoomVersion version) {
        var story = new Story(version);
        var common = story.begin();
        var banned = story.member(common, ALICE, BOB, "ban");
        var topic = story.say(common, BOB, "m.room.topic", "", JsonObject.of("topic", "mine now"));
        var resolved = story.resolve(List.of(banned, topic));
        var bob = new StateTuple("m.room.member", BOB.value());
        assertEquals(banned.get(bob), resolved.get(bob));
        assertEquals(resolved, story.resolve(List.of(topic, banned)));
        assertEquals(resolved, story.resolve(List.of(topic, banned, topic, common)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void statesThatAgreeStayAsTheyAre(RoomVersion version) {
        var story = new Story(version);
        var state = story.begin();
        assertEquals(state, story.resolve(List.of(state, state)));
        assertFalse(state.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, mode = EnumSource.Mode.EXCLUDE, names = "V1")
    void theOneWithMorePowerWins(RoomVersion version) {
        var story = new Story(version);
        var common = story.begin();
        var byBob = story.say(common, BOB, "m.room.name", "", JsonObject.of("name", "Bob's"));
        var closed =
                story.say(
                        common,
                        ALICE,
                        "m.room.power_levels",
                        "",
                        JsonObject.of(
                                "users",
                                version.has(Tweak.PRIVILEGED_CREATORS)
                                        ? JsonObject.EMPTY
                                        : JsonObject.of(ALICE.value(), 100)));
        var byAlice = story.say(closed, ALICE, "m.room.name", "", JsonObject.of("name", "Alice's"));
        var name = new StateTuple("m.room.name", "");
        var resolved = story.resolve(List.of(byBob, byAlice));
        assertEquals(byAlice.get(name), resolved.get(name));
        assertEquals(resolved, story.resolve(List.of(byAlice, byBob)));
    }
}
