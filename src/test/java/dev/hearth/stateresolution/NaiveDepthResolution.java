package dev.hearth.stateresolution;

import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// State resolution of room version 1, as its specification tells it. Where that says nothing, what
/// the servers do that still have such rooms: the keys of one pass don't see each other's winners,
/// and if no event passes, the least deep stands.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v1/#state-resolution State resolution
final class NaiveDepthResolution {

    private NaiveDepthResolution() {}

    static Map<StateTuple, EventId> resolve(ToldRoom room, List<Map<StateTuple, EventId>> states) {
        var all = new HashMap<StateTuple, Set<EventId>>();
        for (var state : states) {
            state.forEach((key, id) -> all.computeIfAbsent(key, _ -> new HashSet<>()).add(id));
        }
        var result = new HashMap<StateTuple, EventId>();
        all.forEach((key, ids) ->
                ids.stream().filter(_ -> ids.size() == 1).forEach(id -> result.put(key, id)));
        all.values().removeIf(ids -> ids.size() == 1);
        for (var type : List.of("m.room.power_levels", "m.room.join_rules", "m.room.member", "")) {
            var pass = new HashMap<StateTuple, EventId>();
            all.forEach((key, ids) -> {
                if (type.isEmpty() || key.type().equals(type)) {
                    var line = line(room, ids);
                    pass.put(
                            key,
                            type.isEmpty()
                                    ? deepest(room, line, result)
                                    : unbroken(room, line, result, key));
                }
            });
            all.keySet().removeAll(pass.keySet());
            result.putAll(pass);
        }
        return result;
    }

    /// By ascending depth, then by descending SHA-1 of the ID.
    private static List<Pdu> line(ToldRoom room, Set<EventId> ids) {
        var line = new ArrayList<>(ids.stream().map(room::event).toList());
        line.sort((x, y) ->
                x.depth() != y.depth()
                        ? Long.compare(x.depth(), y.depth())
                        : sha1(y).compareTo(sha1(x)));
        return line;
    }

    private static EventId unbroken(
            ToldRoom room, List<Pdu> line, Map<StateTuple, EventId> result, StateTuple key) {
        var state = new HashMap<>(result);
        state.put(key, line.getFirst().eventId());
        for (var event : line.subList(1, line.size())) {
            if (!room.isAllowed(event, state)) {
                break;
            }
            state.put(key, event.eventId());
        }
        return Map.copyOf(state).getOrDefault(key, line.getFirst().eventId());
    }

    private static EventId deepest(ToldRoom room, List<Pdu> line, Map<StateTuple, EventId> result) {
        return line.reversed().stream()
                .filter(event -> room.isAllowed(event, result))
                .findFirst()
                .orElse(line.getFirst())
                .eventId();
    }

    private static BigInteger sha1(Pdu event) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            return new BigInteger(
                    1, digest.digest(event.eventId().value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
