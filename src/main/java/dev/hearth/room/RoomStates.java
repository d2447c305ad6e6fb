package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// The state of rooms, now and at any time before.
///
/// There are two questions that only look alike: what the state was *at an event* is told by the
/// event's place in the graph and decides who may see it; what was *current* in the room at a
/// position is told by what the server knew then, and is what `/sync` speaks of. Without forks they
/// have one answer.
final class RoomStates {

    private final EventStore events;
    private final StateKeys keys;
    private final StateSnapshots snapshots;
    private final WordStore words;

    RoomStates(EventStore events, WordStore words, StateSnapshots snapshots) {
        this.events = events;
        this.words = words;
        this.keys = new StateKeys(words);
        this.snapshots = snapshots;
    }

    StateKeys keys() {
        return keys;
    }

    StateSnapshots snapshots() {
        return snapshots;
    }

    /// All that is current.
    List<StoredEvent> current(Reading reading, long room) {
        return events.currentState(reading, room);
    }

    Optional<StoredEvent> current(Reading reading, long room, StateTuple tuple) {
        var key = keys.find(reading, tuple);
        return key.isEmpty() ? Optional.empty() : events.current(reading, room, key.getAsLong());
    }

    /// What is current of one type.
    List<StoredEvent> current(Reading reading, long room, String type, int limit) {
        var word = words.find(reading, type);
        return word.isEmpty()
                ? List.of()
                : events.currentOfType(reading, room, word.getAsLong(), limit);
    }

    /// What was current at a position, of the types that are wanted.
    List<StoredEvent> currentAt(
            Reading reading, long room, long position, Predicate<String> wanted) {
        return all(reading, events.roomState(reading, room, position), wanted);
    }

    /// The state of a snapshot, of the types that are wanted.
    List<StoredEvent> all(Reading reading, long snapshot, Predicate<String> wanted) {
        var isWanted = new Types(type -> wanted.test(words.text(reading, type)));
        return events.all(reading, snapshots.load(reading, snapshot, isWanted).values());
    }

    /// Asks once about many keys of one type, which follow one another in a state.
    private static final class Types implements LongPredicate {
        private final LongPredicate wanted;
        private long last = -1;
        private boolean answer;

        Types(LongPredicate wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean test(long key) {
            long type = StateKeys.type(key);
            if (type != last) {
                answer = wanted.test(type);
                last = type;
            }
            return answer;
        }
    }

    Optional<StoredEvent> currentAt(Reading reading, long room, StateTuple tuple, long position) {
        return in(reading, events.roomState(reading, room, position), tuple);
    }

    /// What of the current state was set after one position and up to another.
    List<StoredEvent> changes(Reading reading, long room, long after, long upTo) {
        var changes =
                snapshots.changes(
                        reading,
                        events.roomState(reading, room, after),
                        events.roomState(reading, room, upTo));
        changes.values().removeIf(event -> event == StateDelta.REMOVED);
        return events.all(reading, changes.values());
    }

    /// One piece of the state of a snapshot.
    Optional<StoredEvent> in(Reading reading, long snapshot, StateTuple tuple) {
        var key = keys.find(reading, tuple);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        var event = snapshots.find(reading, snapshot, key.getAsLong());
        return event.isEmpty() ? Optional.empty() : events.at(reading, event.getAsLong());
    }

    /// What a user was to the room in the state of a snapshot.
    Membership membershipIn(Reading reading, long snapshot, UserId user) {
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        return Membership.of(in(reading, snapshot, tuple).map(StoredEvent::pdu));
    }

    /// What of the room's history could be seen by whom, in the state of a snapshot.
    String visibilityIn(Reading reading, long snapshot) {
        return in(reading, snapshot, new StateTuple(EventType.HISTORY_VISIBILITY, ""))
                .map(StoredEvent::pdu)
                .map(Pdu::content)
                .flatMap(content -> content.peekString("history_visibility"))
                .orElse("shared");
    }
}
