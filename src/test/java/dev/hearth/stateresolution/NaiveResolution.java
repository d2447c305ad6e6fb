package dev.hearth.stateresolution;

import dev.hearth.authorization.Authorization;
import dev.hearth.event.Pdu;
import dev.hearth.event.PowerLevels;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonString;
import dev.hearth.roomversion.StateResolutionAlgorithm;
import dev.hearth.roomversion.Tweak;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// State resolution 2 and 2.1, sentence by sentence as the specification defines it and without a
/// thought about cost: what the real one is compared with. It shares nothing with it.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v12/#state-resolution State resolution
final class NaiveResolution {

    private static final StateTuple POWER_LEVELS = new StateTuple("m.room.power_levels", "");

    private final ToldRoom room;
    private final boolean startsFromNothing;
    private final Map<EventId, Set<EventId>> chains = new HashMap<>();

    private NaiveResolution(ToldRoom room, boolean startsFromNothing) {
        this.room = room;
        this.startsFromNothing = startsFromNothing;
    }

    static Map<StateTuple, EventId> resolve(ToldRoom room, List<Map<StateTuple, EventId>> states) {
        var algorithm = room.version().rules().stateResolution();
        return algorithm == StateResolutionAlgorithm.V1
                ? NaiveDepthResolution.resolve(room, states)
                : new NaiveResolution(room, algorithm == StateResolutionAlgorithm.V2_1)
                        .resolve(states);
    }

    private Map<StateTuple, EventId> resolve(List<Map<StateTuple, EventId>> states) {
        // If a given key K is present in every Si with the same value V in each state map, then the
        // pair (K, V) belongs to the unconflicted state map. Otherwise, V belongs to the conflicted
        // state set.
        Map<StateTuple, EventId> unconflicted = new HashMap<>();
        Set<EventId> conflicted = new HashSet<>();
        for (var state : states) {
            state.forEach((key, value) -> {
                if (states.stream().allMatch(other -> value.equals(other.get(key)))) {
                    unconflicted.put(key, value);
                } else {
                    conflicted.add(value);
                }
            });
        }
        var full = new HashSet<>(conflicted);
        full.addAll(authDifference(states));
        if (startsFromNothing) {
            full.addAll(conflictedSubgraph(conflicted));
        }
        var powerful = powerful(full);
        var start = startsFromNothing ? Map.<StateTuple, EventId>of() : unconflicted;
        var partial = iterativeAuth(start, reverseTopologicalPowerOrdering(powerful));
        var rest = new HashSet<>(full);
        rest.removeAll(powerful);
        var result = iterativeAuth(partial, mainlineOrdering(partial, rest));
        result.putAll(unconflicted);
        return result;
    }

    private Set<EventId> authChain(EventId id) {
        var known = chains.get(id);
        if (known != null) {
            return known;
        }
        var chain = new HashSet<EventId>();
        for (var ground : room.event(id).authEvents()) {
            chain.add(ground);
            chain.addAll(authChain(ground));
        }
        chains.put(id, chain);
        return chain;
    }

    /// Every event that doesn't appear in every full auth chain.
    private Set<EventId> authDifference(List<Map<StateTuple, EventId>> states) {
        List<Set<EventId>> full = new ArrayList<>();
        for (var state : states) {
            var chain = new HashSet<EventId>();
            state.values().forEach(id -> chain.addAll(authChain(id)));
            full.add(chain);
        }
        var union = new HashSet<EventId>();
        full.forEach(union::addAll);
        union.removeIf(id -> full.stream().allMatch(chain -> chain.contains(id)));
        return union;
    }

    /// The union of all paths along auth events between any pair of the conflicted, with their
    /// ends.
    private Set<EventId> conflictedSubgraph(Set<EventId> conflicted) {
        var subgraph = new HashSet<EventId>();
        for (var event : room.events()) {
            var id = event.eventId();
            boolean fromOne =
                    conflicted.stream().anyMatch(c -> c.equals(id) || authChain(c).contains(id));
            boolean toOne =
                    conflicted.contains(id) || !Collections.disjoint(authChain(id), conflicted);
            if (fromOne && toOne) {
                subgraph.add(id);
            }
        }
        return subgraph;
    }

    private Set<EventId> powerful(Set<EventId> full) {
        var powerful = new HashSet<EventId>();
        for (var id : full) {
            if (isPowerEvent(room.event(id))) {
                powerful.add(id);
                authChain(id).stream().filter(full::contains).forEach(powerful::add);
            }
        }
        return powerful;
    }

    private static boolean isPowerEvent(Pdu event) {
        var membership = event.content().peekString("membership").orElse("");
        return event.type().equals("m.room.power_levels")
                || event.type().equals("m.room.join_rules")
                || event.type().equals("m.room.member")
                        && (membership.equals("leave") || membership.equals("ban"))
                        && !event.sender().value().equals(event.stateKey().orElseThrow());
    }

    /// Kahn's algorithm, looking through everything at each step.
    private List<Pdu> reverseTopologicalPowerOrdering(Set<EventId> set) {
        var left = new HashSet<>(set);
        var sorted = new ArrayList<Pdu>();
        Comparator<Pdu> order =
                Comparator.comparing(this::senderPower, Comparator.<Long>reverseOrder())
                        .thenComparing(NaiveResolution::compareByTime);
        while (!left.isEmpty()) {
            var smallest =
                    left.stream()
                            .map(room::event)
                            .filter(event -> Collections.disjoint(event.authEvents(), left))
                            .min(order)
                            .orElseThrow();
            left.remove(smallest.eventId());
            sorted.add(smallest);
        }
        return sorted;
    }

    private static int compareByTime(Pdu x, Pdu y) {
        int byTime = Long.compare(x.originServerTs(), y.originServerTs());
        return byTime != 0 ? byTime : compareCodePoints(x.eventId().value(), y.eventId().value());
    }

    static int compareCodePoints(String x, String y) {
        int[] a = x.codePoints().toArray();
        int[] b = y.codePoints().toArray();
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] != b[i]) {
                return a[i] - b[i];
            }
        }
        return a.length - b.length;
    }

    private Optional<Pdu> ground(Pdu event, String type) {
        return event.authEvents().stream()
                .map(room::event)
                .filter(ground -> ground.type().equals(type))
                .findFirst();
    }

    private long senderPower(Pdu event) {
        var create = room.event(ToldRoom.id("create"));
        Set<UserId> creators = new HashSet<>();
        if (room.version().has(Tweak.CREATOR_IS_SENDER)) {
            creators.add(create.sender());
        } else {
            creators.add(UserId.parse(create.content().string("creator")));
        }
        if (room.version().has(Tweak.PRIVILEGED_CREATORS)) {
            var more = create.content().findArray("additional_creators").orElse(JsonArray.EMPTY);
            more.forEach(user -> creators.add(UserId.parse(((JsonString) user).value())));
        }
        var levels = ground(event, "m.room.power_levels").map(Pdu::content);
        return new PowerLevels(levels, room.version(), creators).user(event.sender());
    }

    private List<Pdu> mainline(Optional<Pdu> start) {
        var mainline = new ArrayList<Pdu>();
        for (var next = start; next.isPresent(); next = ground(next.get(), "m.room.power_levels")) {
            mainline.add(next.get());
        }
        return mainline;
    }

    private List<Pdu> mainlineOrdering(Map<StateTuple, EventId> state, Collection<EventId> set) {
        var mainline = mainline(Optional.ofNullable(state.get(POWER_LEVELS)).map(room::event));
        var sorted = new ArrayList<>(set.stream().map(room::event).toList());
        Comparator<Pdu> order =
                Comparator.comparing(
                        event -> mainlinePosition(event, mainline), Comparator.reverseOrder());
        sorted.sort(order.thenComparing(NaiveResolution::compareByTime));
        return sorted;
    }

    private int mainlinePosition(Pdu event, List<Pdu> mainline) {
        for (var each : mainline(ground(event, "m.room.power_levels"))) {
            if (mainline.contains(each)) {
                return mainline.indexOf(each);
            }
        }
        return Integer.MAX_VALUE;
    }

    private Map<StateTuple, EventId> iterativeAuth(
            Map<StateTuple, EventId> start, List<Pdu> events) {
        var state = new HashMap<>(start);
        for (var event : events) {
            var create = room.event(ToldRoom.id("create"));
            if (Authorization.decide(event, create, tuple -> find(tuple, state, event))
                    .isAllowed()) {
                state.put(event.stateTuple().orElseThrow(), event.eventId());
            }
        }
        return state;
    }

    /// From the state; where it has none, from the event's own auth events that weren't rejected.
    private Optional<Pdu> find(StateTuple tuple, Map<StateTuple, EventId> state, Pdu event) {
        return Optional.ofNullable(state.get(tuple))
                .map(room::event)
                .or(() ->
                        event.authEvents().stream()
                                .filter(id -> !room.isRejected(id))
                                .map(room::event)
                                .filter(ground -> ground.stateTuple().equals(Optional.of(tuple)))
                                .findFirst());
    }
}
