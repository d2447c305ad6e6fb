package dev.hearth.room;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;

/// What rooms ask and tell the rest of the server about its users.
public interface Residents {

    /// Whether a user only looks in.
    boolean isGuest(Reading reading, UserId user);

    /// Whether a user wants invites of another to be refused.
    boolean blocksInvite(Reading reading, UserId invitee, UserId inviter);

    /// A user came into a room that takes the place of another that they were in: what they had set
    /// for that one holds for this one too.
    void succeed(Transaction tx, UserId user, RoomId from, RoomId to);

    /// Where rooms are all that there is.
    Residents PLAIN =
            new Residents() {
                @Override
                public boolean isGuest(Reading reading, UserId user) {
                    return false;
                }

                @Override
                public boolean blocksInvite(Reading reading, UserId invitee, UserId inviter) {
                    return false;
                }

                @Override
                public void succeed(Transaction tx, UserId user, RoomId from, RoomId to) {}
            };
}
