package dev.hearth.room;

import dev.hearth.storage.Packed;
import dev.hearth.storage.Unpacking;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SortedMap;

/// How one state differs from another: for each key of what differs the number of an event, or
/// [#REMOVED] where there is nothing any more.
///
/// Packed it is a row of variable-length integers, the keys in their order: the distance of the
/// key's type from the one before, its state key (within a type: the distance), and the event's
/// distance from the event before. Members who joined one after the other take five bytes each.
final class StateDelta {

    /// In the place of an event.
    static final long REMOVED = 0;

    private final long[] keys;
    private final long[] events;

    private StateDelta(long[] keys, long[] events) {
        this.keys = keys;
        this.events = events;
    }

    /// A visitor of a delta's entries.
    @FunctionalInterface
    interface Entries {
        void accept(long key, long event);
    }

    static StateDelta of(SortedMap<Long, Long> changes) {
        var keys = new long[changes.size()];
        var events = new long[changes.size()];
        int i = 0;
        for (var change : changes.entrySet()) {
            keys[i] = change.getKey();
            events[i++] = change.getValue();
        }
        return new StateDelta(keys, events);
    }

    int size() {
        return keys.length;
    }

    /// The event, [#REMOVED], or nothing where this delta doesn't speak of the key.
    OptionalLong find(long key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(events[at]);
    }

    void forEach(Entries visitor) {
        for (int i = 0; i < keys.length; i++) {
            visitor.accept(keys[i], events[i]);
        }
    }

    byte[] pack() {
        var packed = new Packed();
        packed.put(keys.length);
        long type = 0;
        long stateKey = 0;
        long event = 0;
        for (int i = 0; i < keys.length; i++) {
            long nextType = StateKeys.type(keys[i]);
            long nextKey = StateKeys.stateKey(keys[i]);
            packed.put(nextType - type);
            packed.put(nextType == type ? nextKey - stateKey : nextKey);
            packed.put(events[i] == REMOVED ? 0 : 1 + Packed.zigzag(events[i] - event));
            type = nextType;
            stateKey = nextKey;
            event = events[i] == REMOVED ? event : events[i];
        }
        return packed.bytes();
    }

    static StateDelta unpack(byte[] bytes) {
        var packed = new Unpacking(bytes);
        int size = (int) packed.next();
        var keys = new long[size];
        var events = new long[size];
        long type = 0;
        long stateKey = 0;
        long event = 0;
        for (int i = 0; i < size; i++) {
            long distance = packed.next();
            stateKey = packed.next() + (distance == 0 ? stateKey : 0);
            type += distance;
            keys[i] = StateKeys.key(type, stateKey);
            long marked = packed.next();
            event = marked == 0 ? event : event + Unpacking.unzigzag(marked - 1);
            events[i] = marked == 0 ? REMOVED : event;
        }
        return new StateDelta(keys, events);
    }
}
