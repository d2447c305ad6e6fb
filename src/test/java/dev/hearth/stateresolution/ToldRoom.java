package dev.hearth.stateresolution;

import dev.hearth.authorization.AuthEventSelection;
import dev.hearth.authorization.Authorization;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A room whose events a test makes up, with IDs of its choice. It remembers the state after each,
/// and counts what resolution asks of it.
final class ToldRoom implements EventSource {

    private final RoomVersion version;
    private final Map<EventId, Pdu> events = new LinkedHashMap<>();
    private final Map<EventId, Map<StateTuple, EventId>> states = new HashMap<>();
    private final Map<EventId, List<EventId>> citing = new HashMap<>();
    private final Set<EventId> rejected = new HashSet<>();
    private int loaded;
    private int indexed;

    ToldRoom(RoomVersion version) {
        this.version = version;
    }

    /// What somebody says.
    record Line(String name, UserId sender, StateTuple tuple, JsonObject content, long time) {}

    static EventId id(String name) {
        return new EventId("$" + name);
    }

    RoomVersion version() {
        return version;
    }

    Collection<Pdu> events() {
        return events.values();
    }

    Pdu event(EventId id) {
        return Optional.ofNullable(events.get(id)).orElseThrow();
    }

    Map<StateTuple, EventId> stateAfter(EventId id) {
        return Optional.ofNullable(states.get(id)).orElseThrow();
    }

    Map<StateTuple, EventId> resolve(List<Map<StateTuple, EventId>> sides) {
        return StateResolution.resolve(version, sides, this);
    }

    Map<StateTuple, EventId> stateBefore(List<EventId> after) {
        return resolve(after.stream().map(this::stateAfter).toList());
    }

    /// @param cited the state from which the event takes its auth events: the state before it, if
    ///   its maker's server is honest
    Pdu draft(Line line, List<EventId> after, Map<StateTuple, EventId> cited) {
        var stateKey = Optional.of(line.tuple().stateKey());
        var type = line.tuple().type();
        var grounds =
                AuthEventSelection.of(type, stateKey, line.sender(), line.content(), version)
                        .stream()
                        .flatMap(tuple -> Optional.ofNullable(cited.get(tuple)).stream())
                        .toList();
        long depth = after.stream().mapToLong(id -> event(id).depth()).max().orElse(0) + 1;
        var json =
                JsonObject.builder()
                        .put("type", type)
                        .put("state_key", line.tuple().stateKey())
                        .put("sender", line.sender())
                        .put("content", line.content())
                        .put("origin_server_ts", line.time())
                        .put("depth", depth)
                        .put("auth_events", references(grounds))
                        .put("prev_events", references(after));
        if (!version.has(Tweak.ROOM_ID_IS_CREATE_HASH)) {
            json.put("room_id", "!create:x");
        } else if (!type.equals("m.room.create")) {
            json.put("room_id", "!create");
        }
        return Pdu.trusted(json.build(), id(line.name()), version);
    }

    private JsonArray references(List<EventId> ids) {
        return version.has(Tweak.EXPLICIT_EVENT_ID)
                ? JsonArray.from(
                        ids.stream().map(id -> JsonArray.of(id, JsonObject.EMPTY)).toList())
                : JsonArray.from(ids);
    }

    boolean isAllowed(Pdu event, Map<StateTuple, EventId> state) {
        var create = event.isState("m.room.create") ? event : event(id("create"));
        return Authorization.decide(
                        event,
                        create,
                        tuple -> Optional.ofNullable(state.get(tuple)).map(this::event))
                .isAllowed();
    }

    /// Takes an event in, with the state that it changes.
    void accept(Pdu event, Map<StateTuple, EventId> before) {
        var after = new HashMap<>(before);
        after.put(event.stateTuple().orElseThrow(), event.eventId());
        remember(event, after);
    }

    /// Takes an event in that the state before it doesn't allow: it changes nothing.
    void reject(Pdu event, Map<StateTuple, EventId> before) {
        rejected.add(event.eventId());
        remember(event, before);
    }

    private void remember(Pdu event, Map<StateTuple, EventId> after) {
        states.put(event.eventId(), Map.copyOf(after));
        know(event);
    }

    /// Takes an event in without a state.
    void know(Pdu event) {
        events.put(event.eventId(), event);
        for (var ground : event.authEvents()) {
            citing.computeIfAbsent(ground, _ -> new ArrayList<>()).addFirst(event.eventId());
        }
    }

    @Override
    public Map<EventId, Pdu> load(Collection<EventId> ids) {
        loaded += ids.size();
        var found = new HashMap<EventId, Pdu>();
        for (var id : ids) {
            Optional.ofNullable(events.get(id)).ifPresent(event -> found.put(id, event));
        }
        return found;
    }

    @Override
    public boolean isRejected(EventId id) {
        return rejected.contains(id);
    }

    @Override
    public Iterable<EventId> citing(EventId ground) {
        var all = citing.getOrDefault(ground, List.of()).iterator();
        return () ->
                new java.util.Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public EventId next() {
                        indexed++;
                        return all.next();
                    }
                };
    }

    /// How many events were loaded.
    int loaded() {
        return loaded;
    }

    /// How many entries of the index of auth events were read.
    int indexed() {
        return indexed;
    }

    void forgetCounts() {
        loaded = 0;
        indexed = 0;
    }
}
