package dev.hearth.room;

import dev.hearth.event.StateTuple;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.OptionalLong;

/// What a piece of state is about, as one number: that of its type's word and that of its state
/// key's, 31 bits each, so that the state of one type lies together.
final class StateKeys {

    private static final int WORD_BITS = 31;
    private static final long WORD = (1L << WORD_BITS) - 1;

    private final WordStore words;

    StateKeys(WordStore words) {
        this.words = words;
    }

    static long key(long type, long stateKey) {
        return type << WORD_BITS | stateKey;
    }

    static long type(long key) {
        return key >>> WORD_BITS;
    }

    static long stateKey(long key) {
        return key & WORD;
    }

    long intern(Transaction tx, StateTuple tuple) {
        return key(words.intern(tx, tuple.type()), words.intern(tx, tuple.stateKey()));
    }

    /// Empty if there never was such state in any room.
    OptionalLong find(Reading reading, StateTuple tuple) {
        var type = words.find(reading, tuple.type());
        var stateKey = words.find(reading, tuple.stateKey());
        return type.isPresent() && stateKey.isPresent()
                ? OptionalLong.of(key(type.getAsLong(), stateKey.getAsLong()))
                : OptionalLong.empty();
    }

    StateTuple tuple(Reading reading, long key) {
        return new StateTuple(words.text(reading, type(key)), words.text(reading, stateKey(key)));
    }
}
