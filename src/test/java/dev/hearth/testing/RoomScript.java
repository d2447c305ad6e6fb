package dev.hearth.testing;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.authorization.AuthEventSelection;
import dev.hearth.authorization.Authorization;
import dev.hearth.authorization.Verdict;
import dev.hearth.event.EventSigner;
import dev.hearth.event.EventType;
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
import dev.hearth.signing.Sha256;
import dev.hearth.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A room as a script: a real graph of hashed and signed events in memory, without a server.
///
/// A script is a value. Each step gives another script, and the one before stays what it was, so
/// that a room forks by saying two things to the same script:
///
/// ```java
/// var room = RoomScript.publicChat(V11).join(BOB);
/// var banned = room.ban(ALICE, BOB);
/// var unaware = room.then(topic(BOB, "mine now"));
/// ```
///
/// Steps have to be allowed, or the script breaks; [#given] takes what isn't. What one asks of a
/// script is [#judge]: it judges as a server does that receives the event.
public final class RoomScript {

    public static final ServerName HERE = ServerName.parse("hearth.test");
    public static final ServerName ELSEWHERE = ServerName.parse("elsewhere.test");

    /// Who made the room, of our own server as all but Eve.
    public static final UserId ALICE = UserId.of("alice", HERE);

    public static final UserId BOB = UserId.of("bob", HERE);
    public static final UserId CAROL = UserId.of("carol", HERE);
    public static final UserId EVE = UserId.of("eve", ELSEWHERE);

    private static final KeyId KEY = KeyId.parse("ed25519:1");

    /// What all scripts of one room share: every accepted event, and a clock that counts them.
    private static final class Graph {
        private final RoomVersion version;
        private final String name;
        private final Map<EventId, Pdu> accepted;
        private int moment;

        private Graph(RoomVersion version, String name, Map<EventId, Pdu> accepted) {
            this.version = version;
            this.name = name;
            this.accepted = accepted;
        }
    }

    private final Graph graph;
    private final List<Pdu> ends;
    private final Map<StateTuple, Pdu> state;

    private RoomScript(Graph graph, List<Pdu> ends, Map<StateTuple, Pdu> state) {
        this.graph = graph;
        this.ends = ends;
        this.state = state;
    }

    /// A room in which nothing was said yet, not even that it exists.
    public static RoomScript nothing(RoomVersion version) {
        var graph = new Graph(version, "!room:" + HERE, new HashMap<>());
        return new RoomScript(graph, List.of(), Map.of());
    }

    /// A room that Alice made and joined, with power levels and no join rule yet.
    public static RoomScript founded(RoomVersion version) {
        return founded(version, Act.create(ALICE, version));
    }

    /// The same, with another create event.
    public static RoomScript founded(RoomVersion version, Act create) {
        return nothing(version).then(create).join(ALICE).levels(JsonObject.EMPTY);
    }

    /// A room that everybody may join.
    public static RoomScript publicChat(RoomVersion version) {
        return founded(version).joinRule("public");
    }

    /// A room that Bob made, of the same version and on the same server, which knows the events of
    /// both.
    public RoomScript anotherRoom() {
        var other = new Graph(graph.version, "!other:" + HERE, graph.accepted);
        other.moment = 1000;
        return new RoomScript(other, List.of(), Map.of())
                .then(Act.create(BOB, graph.version).saying("other", true))
                .join(BOB);
    }

    public RoomScript join(UserId who) {
        return then(Act.join(who));
    }

    public RoomScript invite(UserId by, UserId whom) {
        return then(Act.invite(by, whom));
    }

    public RoomScript knock(UserId who) {
        return then(Act.knock(who));
    }

    public RoomScript leave(UserId who) {
        return then(Act.leave(who));
    }

    public RoomScript kick(UserId by, UserId whom) {
        return then(Act.kick(by, whom));
    }

    public RoomScript ban(UserId by, UserId whom) {
        return then(Act.ban(by, whom));
    }

    /// Alice sets the join rule, whether or not the room version knows it.
    public RoomScript joinRule(String rule) {
        return then(Act.joinRule(ALICE, rule));
    }

    /// Alice sets the power levels; her own is added where creators need one.
    public RoomScript levels(JsonObject levels) {
        var users = levels.peekObject("users").orElse(JsonObject.EMPTY);
        var own =
                graph.version.has(Tweak.PRIVILEGED_CREATORS) || users.has(ALICE.value())
                        ? users
                        : users.with(ALICE.value(), 100);
        return then(Act.powerLevels(ALICE, levels.with("users", own)));
    }

    /// Alice gives a user a level, and leaves the others as they are.
    public RoomScript power(UserId user, Object level) {
        var levels = levels();
        return levels(levels.with("users", levels.object("users").with(user.value(), level)));
    }

    /// What the power levels say now.
    public JsonObject levels() {
        return find(EventType.POWER_LEVELS).content();
    }

    /// The script with one more event, which has to be allowed.
    public RoomScript then(Act act) {
        var verdict = judge(act);
        if (verdict instanceof Verdict.Rejected) {
            throw new AssertionError("The script breaks at " + act + ": " + verdict);
        }
        return given(act);
    }

    /// The script with one more event, allowed or not, as it can stand in a room's state.
    public RoomScript given(Act act) {
        var event = sign(act);
        graph.accepted.put(event.eventId(), event);
        var after = new HashMap<>(state);
        event.stateTuple().ifPresent(tuple -> after.put(tuple, event));
        return new RoomScript(graph, List.of(event), after);
    }

    /// The script without a piece of its state, as if it had never been set.
    public RoomScript forgetting(String type) {
        var less = new HashMap<>(state);
        less.remove(new StateTuple(type, ""));
        return new RoomScript(graph, ends, less);
    }

    /// What the rules say of an event that came next: first of its grounds, then by the state of
    /// its grounds, then by that of the room. With the grounds that it should have the last two say
    /// the same, or the selection of grounds is wrong.
    public Verdict judge(Act act) {
        var event = sign(act);
        if (act.grounds().isEmpty() && judgeGrounds(event).isAllowed()) {
            assertEquals(judgeBy(state, event), judgeBy(groundsOf(event), event));
        }
        return judge(event);
    }

    /// The same for an event that came from elsewhere.
    public Verdict judge(Pdu event) {
        var first = judgeGrounds(event);
        if (!first.isAllowed()) {
            return first;
        }
        var second = judgeBy(groundsOf(event), event);
        return second.isAllowed() ? judgeBy(state, event) : second;
    }

    private Verdict judgeGrounds(Pdu event) {
        return Authorization.decideGrounds(event, accepted(event).toList());
    }

    private Verdict judgeBy(Map<StateTuple, Pdu> judging, Pdu event) {
        var create = state.getOrDefault(new StateTuple(EventType.CREATE, ""), event);
        return Authorization.decide(
                event, create, tuple -> Optional.ofNullable(judging.get(tuple)));
    }

    private Map<StateTuple, Pdu> groundsOf(Pdu event) {
        return accepted(event)
                .collect(toMap(ground -> ground.stateTuple().orElseThrow(), ground -> ground));
    }

    private Stream<Pdu> accepted(Pdu event) {
        return event.authEvents().stream().flatMap(id -> Stream.ofNullable(graph.accepted.get(id)));
    }

    /// The event that this act would be, in its form on the wire. The script doesn't know it yet.
    public Pdu sign(Act act) {
        var draft = act.bend().apply(draft(act));
        var signed = signer(act.sender().server()).sign(draft, graph.version);
        return Pdu.parse(signed.json(), graph.version);
    }

    private JsonObject draft(Act act) {
        var version = graph.version;
        int moment = ++graph.moment;
        var predecessors = act.predecessors().orElse(ends);
        var draft =
                JsonObject.builder()
                        .put("type", act.type())
                        .put("sender", act.sender())
                        .putIfPresent("state_key", act.stateKey())
                        .put("content", act.content())
                        .put("origin_server_ts", 1_700_000_000_000L + moment)
                        .put("depth", moment)
                        .put("prev_events", references(predecessors))
                        .put("auth_events", references(act.grounds().orElse(grounds(act))));
        if (version.has(Tweak.EXPLICIT_EVENT_ID)) {
            draft.put("event_id", "$" + moment + ":" + act.sender().server());
        }
        boolean isRoom =
                version.has(Tweak.ROOM_ID_IS_CREATE_HASH) && act.type().equals(EventType.CREATE);
        return isRoom ? draft.build() : draft.put("room_id", roomId()).build();
    }

    /// The auth events that an act should name.
    public List<Pdu> grounds(Act act) {
        return AuthEventSelection.of(
                        act.type(), act.stateKey(), act.sender(), act.content(), graph.version)
                .stream()
                .flatMap(tuple -> Stream.ofNullable(state.get(tuple)))
                .toList();
    }

    private static JsonArray references(List<Pdu> events) {
        return JsonArray.from(events.stream().map(Pdu::reference).toList());
    }

    private String roomId() {
        return graph.version.has(Tweak.ROOM_ID_IS_CREATE_HASH)
                ? find(EventType.CREATE).roomId().value()
                : graph.name;
    }

    /// The key with which a server of this world signs.
    public static SigningKey key(ServerName server) {
        return new SigningKey(KEY, Sha256.hash(server.value().getBytes(StandardCharsets.US_ASCII)));
    }

    private static EventSigner signer(ServerName server) {
        return new EventSigner(server, key(server));
    }

    public RoomVersion version() {
        return graph.version;
    }

    /// The event that was said last.
    public Pdu last() {
        return ends.getLast();
    }

    /// The state event of a type with the empty state key.
    public Pdu find(String type) {
        return find(type, "");
    }

    public Pdu find(String type, String key) {
        var event = state.get(new StateTuple(type, key));
        if (event == null) {
            throw new AssertionError("The script has no " + type + " of '" + key + "'");
        }
        return event;
    }

    public Map<StateTuple, Pdu> state() {
        return Map.copyOf(state);
    }
}
