package dev.hearth.room;

import dev.hearth.storage.Transaction;
import java.util.Set;

/// Hears of what changes in the current state of rooms, in the transaction that changes it: by an
/// event, by the resolution of branches, or because what was said is redacted.
@FunctionalInterface
public interface StateListener {

    /// @param types the types of the state that is another now
    /// @param joined how many are in the room now
    record Change(StoredRoom room, Set<String> types, long joined) {}

    void changed(Transaction tx, Change change);
}
