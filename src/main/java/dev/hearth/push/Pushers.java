package dev.hearth.push;

import dev.hearth.http.Routes;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.notification.Notifications;
import dev.hearth.outgoing.Outgoing;
import dev.hearth.receipt.Receipts;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// The pushers of all users, and what is told to their gateways.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#push-notifications Push notifications
/// @spec https://spec.matrix.org/v1.19/push-gateway-api/ Push Gateway API
public final class Pushers implements AutoCloseable {

    private final PusherStore store = new PusherStore();
    private final Delivery delivery;
    private final Lanes lanes;
    private final PusherEndpoints endpoints;

    /// Whose news is pushed.
    public record Neighbors(Rooms rooms, Receipts receipts, Notifications notifications) {}

    public Pushers(
            Database database,
            Neighbors neighbors,
            Outgoing outgoing,
            Clock clock,
            RandomGenerator random) {
        var notifications = neighbors.notifications();
        this.delivery =
                new Delivery(database, neighbors.rooms(), notifications, outgoing, clock, random);
        this.lanes = new Lanes(clock, delivery);
        this.endpoints = new PusherEndpoints(database, store, lanes, clock);
        notifications.onNotified(lanes::wake);
        neighbors.receipts().onClearing(user -> lanes.wake(user, 0));
        database.read(store::all).forEach((number, user) -> lanes.add(user, number));
    }

    public void declare(Routes routes) {
        endpoints.declare(routes);
    }

    /// A device is no more: nobody is there to read what it would be told (ACC-9, TOK-13).
    public void deviceRemoved(Transaction tx, UserId user, DeviceId device) {
        store.ofUser(tx, user).stream()
                .filter(pusher -> pusher.device().equals(device))
                .forEach(pusher -> endpoints.remove(tx, pusher));
    }

    /// Lets what is under way come to its end.
    @Override
    public void close() {
        delivery.close();
        lanes.close();
    }
}
