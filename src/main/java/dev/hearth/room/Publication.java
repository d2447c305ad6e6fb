package dev.hearth.room;

import dev.hearth.http.Requester;
import dev.hearth.storage.Transaction;

/// The list of rooms that is open to all.
public interface Publication {

    /// Puts a new room into it.
    ///
    /// @throws dev.hearth.error.MatrixException if its maker may not
    void publish(Transaction tx, StoredRoom room, Requester maker);

    /// A room takes the place of another, in the list too if the other is there.
    void replace(Transaction tx, StoredRoom old, StoredRoom successor);

    /// Where there is no such list.
    Publication NONE =
            new Publication() {
                @Override
                public void publish(Transaction tx, StoredRoom room, Requester maker) {}

                @Override
                public void replace(Transaction tx, StoredRoom old, StoredRoom successor) {}
            };
}
