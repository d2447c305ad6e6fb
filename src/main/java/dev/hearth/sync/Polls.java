package dev.hearth.sync;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The syncs that are under way, of which only the newest of a device goes on: its client has given
/// the older ones up, and nothing else tells us so.
final class Polls {

    private final ConcurrentHashMap<Device, Long> newest = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final Consumer<UserId> wake;

    private record Device(UserId user, DeviceId id) {}

    /// @param wake makes the waiting syncs of a user look whether they shall go on
    Polls(Consumer<UserId> wake) {
        this.wake = wake;
    }

    /// A sync begins; an older one of the same device ends.
    Poll begin(UserId user, DeviceId device) {
        var poll = new Poll(new Device(user, device), count.incrementAndGet());
        if (newest.put(poll.device, poll.number) != null) {
            wake.accept(user);
        }
        return poll;
    }

    /// One sync that is under way.
    final class Poll implements AutoCloseable {
        private final Device device;
        private final Long number;

        private Poll(Device device, long number) {
            this.device = device;
            this.number = number;
        }

        boolean isNewest() {
            return number.equals(newest.get(device));
        }

        @Override
        public void close() {
            newest.remove(device, number);
        }
    }
}
