package dev.hearth.keys;

import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.HashSet;
import java.util.function.Consumer;

/// Tells who must hear that somebody's keys changed.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#tracking-the-device-list-for-a-user
///   Tracking the device list for a user
final class DeviceLists {

    private final SharedRooms rooms;
    private final Consumer<UserId> wake;
    private final DeviceListStore store = new DeviceListStore();
    private final SignatureStore signatures = new SignatureStore();
    private final CrossSigningStore crossSigning = new CrossSigningStore();

    DeviceLists(SharedRooms rooms, Consumer<UserId> wake) {
        this.rooms = rooms;
        this.wake = wake;
    }

    /// Notes that the keys of a user changed, and wakes whom it concerns.
    void mark(Transaction tx, UserId user) {
        markQuietly(tx, user);
        var audience = rooms.sharingWith(tx, user);
        tx.afterCommit(() -> audience.forEach(wake));
    }

    /// Notes that there was a change of a device without keys. The user's other devices list it,
    /// and are woken. To others it is nothing that they could ask for: they hear of it beside what
    /// comes next, and neither a bot's many logins nor the end of a thousand old sessions wakes
    /// them.
    void markQuietly(Transaction tx, UserId user) {
        store.mark(tx, user);
        wakeOwn(tx, user);
    }

    /// Wakes the other devices of a user, who alone sees what changed.
    void wakeOwn(Transaction tx, UserId user) {
        tx.afterCommit(() -> wake.accept(user));
    }

    /// What changed for a user in a span of positions, DL-1.
    DeviceListChanges between(Reading reading, UserId user, long since, long upTo) {
        var candidates = new HashSet<>(store.changedBetween(reading, since, upTo));
        var encounters = rooms.encounters(reading, user, since, upTo);
        candidates.addAll(encounters.met());
        var signed = signatures.targetsBetween(reading, user, since, upTo);
        var left = new HashSet<>(encounters.parted());
        if (!candidates.isEmpty() || !left.isEmpty()) {
            var sharing = new HashSet<>(rooms.sharingWith(reading, user));
            sharing.add(user);
            candidates.retainAll(sharing);
            left.removeAll(sharing);
        }
        // Only the signer sees the signature on another's master key, whether or not they meet.
        candidates.addAll(signed);
        if (hasNewUserSigningKey(reading, user, since, upTo)) {
            candidates.add(user);
        }
        left.removeAll(candidates);
        return new DeviceListChanges(candidates, left);
    }

    /// That key is nobody else's concern, XS-3.
    private boolean hasNewUserSigningKey(Reading reading, UserId user, long since, long upTo) {
        long changed = crossSigning.lastChange(reading, user, CrossSigningKind.USER_SIGNING);
        return changed > since && changed <= upTo;
    }
}
