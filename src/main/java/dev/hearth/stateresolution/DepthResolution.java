package dev.hearth.stateresolution;

import dev.hearth.authorization.AuthEventSelection;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// State resolution by depth, as the first room version has it. It is known to bring back old
/// state; for such rooms all that counts is that servers agree.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v1/#state-resolution State resolution
final class DepthResolution {

    /// From the deepest.
    private static final Comparator<Pdu> DEEPEST =
            Comparator.comparingLong(Pdu::depth)
                    .reversed()
                    .thenComparing(event -> sha1(event.eventId()));

    private final KnownEvents events;
    private final AgreedState agreed;
    private final Map<StateTuple, EventId> state = new HashMap<>();
    private final Map<StateTuple, Set<EventId>> open = new HashMap<>();

    private DepthResolution(KnownEvents events, AgreedState agreed) {
        this.events = events;
        this.agreed = agreed;
    }

    static Map<StateTuple, EventId> resolve(Conflict conflict, KnownEvents events) {
        var resolution = new DepthResolution(events, conflict.agreed());
        resolution.collect(conflict.differing());
        resolution.pass(StateTuples.POWER_LEVELS::equals);
        resolution.pass(tuple -> tuple.type().equals(EventType.JOIN_RULES));
        resolution.pass(tuple -> tuple.type().equals(EventType.MEMBER));
        resolution.settleRest();
        return Map.copyOf(resolution.state);
    }

    /// State that one side lacks is no conflict in this version.
    private void collect(List<Map<StateTuple, EventId>> states) {
        Map<StateTuple, Set<EventId>> all = new HashMap<>();
        for (var each : states) {
            each.forEach((tuple, id) -> all.computeIfAbsent(tuple, _ -> new HashSet<>()).add(id));
        }
        all.forEach((tuple, ids) -> {
            if (ids.size() == 1) {
                state.put(tuple, ids.iterator().next());
            } else {
                open.put(tuple, ids);
            }
        });
    }

    /// What is settled in a pass counts from the next one on.
    private void pass(Predicate<StateTuple> isInPass) {
        var settled = new HashMap<StateTuple, EventId>();
        for (var entry : open.entrySet()) {
            if (isInPass.test(entry.getKey())) {
                lastInUnbrokenLine(entry.getValue())
                        .ifPresent(event -> settled.put(entry.getKey(), event.eventId()));
            }
        }
        open.keySet().removeIf(isInPass);
        state.putAll(settled);
    }

    /// From the lowest depth upwards, as long as each is allowed after the one before.
    private Optional<Pdu> lastInUnbrokenLine(Set<EventId> ids) {
        var line = events.findAll(ids).stream().sorted(DEEPEST.reversed()).toList();
        Optional<Pdu> last = Optional.empty();
        for (var event : line) {
            if (last.isPresent() && !isAllowed(event, last)) {
                break;
            }
            last = Optional.of(event);
        }
        return last;
    }

    /// The deepest that is allowed; if none is, the one that isn't deep.
    private void settleRest() {
        var settled = new HashMap<StateTuple, EventId>();
        open.forEach((tuple, ids) -> {
            var line = events.findAll(ids).stream().sorted(DEEPEST).toList();
            line.stream()
                    .filter(event -> isAllowed(event, Optional.empty()))
                    .findFirst()
                    .or(() -> line.isEmpty() ? Optional.empty() : Optional.of(line.getLast()))
                    .ifPresent(event -> settled.put(tuple, event.eventId()));
        });
        state.putAll(settled);
    }

    private boolean isAllowed(Pdu event, Optional<Pdu> before) {
        var relevant = new HashMap<StateTuple, Pdu>();
        for (var tuple : AuthEventSelection.of(event)) {
            Optional.ofNullable(state.get(tuple))
                    .or(() -> agreed.find(tuple))
                    .flatMap(events::find)
                    .ifPresent(found -> relevant.put(tuple, found));
        }
        before.ifPresent(
                found -> found.stateTuple().ifPresent(tuple -> relevant.put(tuple, found)));
        return IterativeAuth.isAllowed(event, relevant);
    }

    private static String sha1(EventId id) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            var hash = digest.digest(id.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
