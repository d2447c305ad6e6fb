package dev.hearth.todevice;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.TransactionId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Messages from device to device.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging Send-to-Device
///   messaging
public final class ToDevice {

    /// A phone that was off for some days repeats its requests.
    private static final long DAYS_REMEMBERED = 14;

    /// One request may hold a message for each of hundreds of devices.
    private static final int LARGEST_BODY = 2 << 20;

    /// No device that is alive lets so many wait.
    private static final int FULL_INBOX = 100_000;

    private final Database database;
    private final LocalDevices devices;
    private final Clock clock;
    private final Consumer<UserId> wake;
    private final ToDeviceStore store = new ToDeviceStore();
    private final OnceStore once = new OnceStore();

    /// @param wake tells the syncs of a user that there is news for them
    public ToDevice(Database database, LocalDevices devices, Clock clock, Consumer<UserId> wake) {
        this.database = database;
        this.devices = devices;
        this.clock = clock;
        this.wake = wake;
    }

    public void declare(Routes routes) {
        routes.guest()
                .bodiesUpTo(LARGEST_BODY)
                .put("/_matrix/client/v3/sendToDevice/{eventType}/{txnId}", this::send);
    }

    private Response send(ClientRequest request) {
        TransactionId.parse(request.path("txnId"));
        var sent = new ToDeviceRequest(request.user(), request.device(), request.rawPath());
        send(sent, request.path("eventType"), request.body().object("messages"));
        return Response.empty();
    }

    /// Puts messages into the inboxes of local devices, unless this request did so before. Devices
    /// and users that don't exist are passed over in silence.
    ///
    /// @param messages by user ID, then by device ID or `*`: the content
    public void send(ToDeviceRequest request, String type, JsonObject messages) {
        var addressed = Addressed.parse(messages);
        database.change(tx -> {
            if (once.isFirst(tx, request, today())) {
                addressed.forEach(one -> deliver(tx, one, request.sender(), type));
            }
        });
    }

    private void deliver(Transaction tx, Addressed message, UserId sender, String type) {
        var event = ToDeviceMessage.event(sender, type, message.content());
        var known = devices.of(tx, message.recipient());
        var meant =
                message.device()
                        .map(device -> known.contains(device) ? Set.of(device) : Set.<DeviceId>of())
                        .orElse(known);
        for (var device : meant) {
            store.insert(tx, message.recipient(), device, event);
        }
        if (!meant.isEmpty()) {
            tx.afterCommit(() -> wake.accept(message.recipient()));
        }
    }

    /// The oldest messages that wait for a device, in the order in which they came. They stay until
    /// they are [acknowledged][#acknowledge].
    public List<ToDeviceMessage> messages(
            Reading reading, UserId user, DeviceId device, long upTo, int limit) {
        return store.list(reading, user, device, upTo, limit);
    }

    /// The oldest messages after a position that wait for a device which acknowledges nothing.
    public List<ToDeviceMessage> messagesAfter(
            Reading reading, UserId user, DeviceId device, long position, int limit) {
        return store.after(reading, user, device, position, limit);
    }

    /// Takes away what a device has shown to have received, by presenting a token that covers it,
    /// TD-2. Most syncs have nothing to take away and change nothing here.
    public void acknowledge(UserId user, DeviceId device, long upTo) {
        if (database.read(reading -> store.holdsAnyUpTo(reading, user, device, upTo))) {
            database.change(tx -> store.deleteUpTo(tx, user, device, upTo));
        }
    }

    /// Empties the inbox of a device that is no more.
    public void deviceRemoved(Transaction tx, UserId user, DeviceId device) {
        store.deleteAll(tx, user, device);
    }

    /// Forgets requests that nobody will repeat any more, and messages that nobody will read; meant
    /// for once a day.
    public void forgetOldRequests() {
        database.change(tx -> once.deleteBefore(tx, today() - DAYS_REMEMBERED));
        dropOldest(FULL_INBOX);
    }

    /// TD-2: a device that nobody looks at any more must not fill the disk.
    void dropOldest(int most) {
        for (var inbox : database.read(store::inboxes)) {
            database.read(reading -> store.newestBeyond(reading, inbox, most))
                    .ifPresent(position ->
                            database.change(tx ->
                                    store.deleteUpTo(
                                            tx, inbox.recipient(), inbox.device(), position)));
        }
    }

    private long today() {
        return Duration.ofMillis(clock.millis()).toDays();
    }
}
