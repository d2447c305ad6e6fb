package dev.hearth.keys;

import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.Set;

/// Who meets whom in a room. Only joined members count.
public interface SharedRooms {

    /// All users, the user not among them, who are in a room with the user now.
    Set<UserId> sharingWith(Reading reading, UserId user);

    /// Whom the user met and parted from after one position and up to another.
    Encounters encounters(Reading reading, UserId user, long since, long upTo);

    /// What happened in some span of time. Too many may be named: who is named here is compared
    /// with who shares a room now.
    ///
    /// @param met those with whom the user came into a room: because either joined it
    /// @param parted those who left a room in which the user was, and the members of rooms that the
    ///   user left
    record Encounters(Set<UserId> met, Set<UserId> parted) {

        public Encounters {
            met = Set.copyOf(met);
            parted = Set.copyOf(parted);
        }
    }
}
