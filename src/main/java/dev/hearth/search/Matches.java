package dev.hearth.search;

import static java.util.stream.Collectors.groupingBy;

import dev.hearth.authorization.Membership;
import dev.hearth.event.CreateContent;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/// Finds what a user may see of what they look for, newest first and as much as anybody reads.
final class Matches {

    /// So many are found at most; who wants older ones goes on from there.
    static final int MOST = 1_000;

    private static final int LOOK_UPS = 50_000;
    private static final int EXAMINED = 5_000;
    private static final int TOGETHER = 32;
    private static final int PREDECESSORS = 10;

    private final Rooms rooms;
    private final Reading reading;
    private final WordEvents index;
    private final UserId user;
    private final Query query;
    private final Set<UserId> ignored;

    Matches(Rooms rooms, WordEvents index, UserId user, Query query, Set<UserId> ignored) {
        this.rooms = rooms;
        this.reading = index.reading();
        this.index = index;
        this.user = user;
        this.query = query;
        this.ignored = ignored;
    }

    /// @param upTo the number of the newest event that may be among them
    List<Match> find(long upTo) {
        var found = new ArrayList<Match>();
        if (query.wanted().runs().isEmpty()) {
            return found;
        }
        var hits = hits(upTo);
        for (int seen = 0; seen < EXAMINED && found.size() < MOST && !hits.isEmpty(); ) {
            var batch = batch(hits);
            seen += TOGETHER;
            found.addAll(examine(batch));
        }
        return found.size() <= MOST ? found : found.subList(0, MOST);
    }

    /// The hits of all rooms, the room with the newest first.
    private PriorityQueue<RoomHits> hits(long upTo) {
        var hits =
                new PriorityQueue<RoomHits>(Comparator.comparingLong(one -> -one.peek().orElse(0)));
        var budget = new RoomHits.Budget(LOOK_UPS);
        var words = query.wanted().pieces();
        for (var room : searchedRooms()) {
            var inRoom = new RoomHits(index, room, words, upTo, budget);
            if (inRoom.peek().isPresent() && !isEncrypted(room)) {
                hits.add(inRoom);
            }
        }
        return hits;
    }

    private boolean isEncrypted(RoomMembership room) {
        return rooms.currentState(reading, room.room(), new StateTuple(EventType.ENCRYPTION, ""))
                .isPresent();
    }

    /// SRCH-1: those that the user is in, or has left and not forgotten.
    private List<RoomMembership> searchedRooms() {
        Map<RoomId, RoomMembership> known = new LinkedHashMap<>();
        for (var room : rooms.memberships(reading, user)) {
            if (room.joinedUntil() > 0 && !room.forgotten()) {
                known.put(room.roomId(), room);
            }
        }
        if (query.filter().rooms().isPresent()) {
            known.keySet().retainAll(withPredecessors(known));
        }
        known.keySet().removeIf(room -> query.filter().notRooms().contains(room.value()));
        return List.copyOf(known.values());
    }

    /// SRCH-2: who looks for something in an upgraded room means those before it too.
    private Set<RoomId> withPredecessors(Map<RoomId, RoomMembership> known) {
        var wanted = new HashSet<RoomId>();
        for (var name : query.filter().rooms().orElse(List.of())) {
            var room = RoomId.find(name);
            for (int i = 0; i < PREDECESSORS && room.isPresent() && wanted.add(room.get()); i++) {
                room = Optional.ofNullable(known.get(room.get())).flatMap(this::predecessor);
            }
        }
        return wanted;
    }

    private Optional<RoomId> predecessor(RoomMembership room) {
        return rooms.currentState(reading, room.room(), new StateTuple(EventType.CREATE, ""))
                .flatMap(create -> new CreateContent(create.pdu()).predecessor());
    }

    /// The next hits of all rooms: which room each number is of.
    private Map<Long, RoomMembership> batch(PriorityQueue<RoomHits> hits) {
        var batch = new LinkedHashMap<Long, RoomMembership>();
        while (batch.size() < TOGETHER && !hits.isEmpty()) {
            var newest = hits.remove();
            batch.put(newest.peek().orElseThrow(), newest.room());
            newest.take();
            if (newest.peek().isPresent()) {
                hits.add(newest);
            }
        }
        return batch;
    }

    private List<Match> examine(Map<Long, RoomMembership> batch) {
        var byRoom =
                rooms.events(reading, batch.keySet()).stream()
                        .filter(event -> isWanted(event, room(batch, event)))
                        .collect(groupingBy(event -> room(batch, event)));
        var matches = new HashMap<Long, Match>();
        byRoom.forEach((room, events) ->
                rooms.visibility().seen(reading, room, user, events).stream()
                        .flatMap(seen -> match(room, seen).stream())
                        .forEach(match -> matches.put(match.event().number(), match)));
        return batch.keySet().stream()
                .flatMap(number -> Optional.ofNullable(matches.get(number)).stream())
                .toList();
    }

    private static RoomMembership room(Map<Long, RoomMembership> batch, StoredEvent event) {
        return Optional.ofNullable(batch.get(event.number())).orElseThrow();
    }

    private Optional<Match> match(RoomMembership room, Seen seen) {
        return SearchableText.of(seen.event().shown())
                .filter(text -> query.keys().contains(text.key()))
                .flatMap(text ->
                        query.wanted()
                                .rank(text.text())
                                .map(rank -> new Match(room, seen, text.text(), rank)));
    }

    /// What came after the user left isn't found, though the world may read it.
    private boolean isWanted(StoredEvent event, RoomMembership room) {
        boolean inTime =
                room.membership() == Membership.JOIN || event.position() <= room.joinedUntil();
        return inTime
                && event.redactedBy().isEmpty()
                && !ignored.contains(event.pdu().sender())
                && query.filter().allows(event);
    }
}
