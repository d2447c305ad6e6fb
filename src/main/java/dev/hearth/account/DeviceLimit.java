package dev.hearth.account;

import java.util.Comparator;
import java.util.List;

/// How many devices one user may have: each costs keys, an inbox, and a message's key to each of
/// those who share a room with them.
///
/// @param most beside each other
record DeviceLimit(int most) {

    /// Which devices make room for one more: those that were longest unseen.
    List<Device> makingRoom(List<Device> devices) {
        return devices.stream()
                .sorted(Comparator.comparing(device -> device.lastSeenTs().orElse(0L)))
                .limit(Math.max(0, devices.size() + 1 - most))
                .toList();
    }
}
