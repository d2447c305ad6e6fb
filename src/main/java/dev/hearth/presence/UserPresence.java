package dev.hearth.presence;

import dev.hearth.identifier.DeviceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is known of a user's presence. Times are in milliseconds since 1970.
///
/// @param position of the newest change that others see
/// @param state as others see it
/// @param message the words that the user set
/// @param active when the user last did something
/// @param currentlyActive whether that was a moment ago
/// @param devices those that are there
record UserPresence(
        long position,
        PresenceState state,
        Optional<String> message,
        long active,
        boolean currentlyActive,
        Map<DeviceId, OfDevice> devices) {

    /// How long after the last sync a device is still there.
    static final long GRACE = Duration.ofSeconds(30).toMillis();

    private static final long IDLE_AFTER = Duration.ofMinutes(5).toMillis();
    private static final long CURRENT_FOR = Duration.ofMinutes(1).toMillis();
    private static final int DEVICES = 50;

    UserPresence {
        devices = Map.copyOf(devices);
    }

    /// What one device said of itself.
    ///
    /// @param syncs how many are under way
    /// @param seen when it last said something
    record OfDevice(PresenceState said, int syncs, long seen) {

        boolean isGone(long now) {
            return syncs <= 0 && now - seen > GRACE;
        }
    }

    /// Somebody of whom nothing is known.
    static UserPresence unknown(Optional<String> message) {
        return new UserPresence(0, PresenceState.OFFLINE, message, 0, false, Map.of());
    }

    /// The same, but they were there when we last knew.
    UserPresence there(long then) {
        return new UserPresence(position, PresenceState.ONLINE, message, then, false, devices);
    }

    boolean isThere() {
        return state != PresenceState.OFFLINE;
    }

    /// Whether we know by which devices they are there.
    boolean hasDevices() {
        return !devices.isEmpty();
    }

    /// The device says how it is.
    UserPresence said(DeviceId device, PresenceState wanted, long now) {
        if (wanted == PresenceState.OFFLINE) {
            return with(without(device), active);
        }
        var before = devices.get(device);
        int syncs = before == null ? 0 : before.syncs();
        boolean moved = wanted == PresenceState.ONLINE || isNeverSeen();
        return with(and(device, new OfDevice(wanted, syncs, now)), moved ? now : active);
    }

    /// The device begins a sync, with which it says how it is. Going on as before is no activity:
    /// clients sync while nobody looks at them.
    UserPresence begun(DeviceId device, PresenceState wanted, long now) {
        var before = devices.get(device);
        boolean came =
                wanted == PresenceState.ONLINE && (before == null || before.said() != wanted);
        boolean moved = came || isNeverSeen();
        int syncs = before == null ? 1 : before.syncs() + 1;
        return with(and(device, new OfDevice(wanted, syncs, now)), moved ? now : active);
    }

    /// Whether this is the first that is heard of the user: to come is to move, even to idle.
    private boolean isNeverSeen() {
        return active == 0;
    }

    /// A sync of the device ends.
    UserPresence ended(DeviceId device, long now) {
        var before = devices.get(device);
        return before == null
                ? this
                : with(and(device, new OfDevice(before.said(), before.syncs() - 1, now)), active);
    }

    /// The user does something.
    UserPresence moved(long now) {
        return with(devices, Math.max(active, now));
    }

    UserPresence saying(Optional<String> words) {
        return new UserPresence(position, state, words, active, currentlyActive, devices);
    }

    UserPresence at(long newPosition) {
        return new UserPresence(newPosition, state, message, active, currentlyActive, devices);
    }

    private UserPresence with(Map<DeviceId, OfDevice> changed, long movedAt) {
        return new UserPresence(position, state, message, movedAt, currentlyActive, changed);
    }

    private Map<DeviceId, OfDevice> without(DeviceId device) {
        var fewer = new HashMap<>(devices);
        fewer.remove(device);
        return fewer;
    }

    private Map<DeviceId, OfDevice> and(DeviceId device, OfDevice state) {
        if (devices.size() >= DEVICES && !devices.containsKey(device)) {
            return devices;
        }
        var more = new HashMap<>(devices);
        more.put(device, state);
        return more;
    }

    /// The same as it is seen now: without the devices that are gone, and idle if nobody moved.
    UserPresence seen(long now) {
        var here = new HashMap<>(devices);
        here.values().removeIf(device -> device.isGone(now));
        var liveliest =
                here.values().stream()
                        .map(device -> device.said())
                        .min(PresenceState::compareTo)
                        .orElse(PresenceState.OFFLINE);
        boolean idle = liveliest == PresenceState.ONLINE && now - active > IDLE_AFTER;
        var shown = idle ? PresenceState.UNAVAILABLE : liveliest;
        boolean isCurrent = shown == PresenceState.ONLINE && now - active < CURRENT_FOR;
        return new UserPresence(position, shown, message, active, isCurrent, here);
    }

    /// Whether others must hear of what came after an earlier time (PRES-1): while somebody is
    /// active it isn't told when last.
    boolean isNewsAfter(UserPresence before) {
        return state != before.state
                || currentlyActive != before.currentlyActive
                || !message.equals(before.message);
    }
}
