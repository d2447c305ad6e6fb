package dev.hearth.account;

import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The devices of users: they come with a login, and go with their sessions.
final class Devices {

    private static final Logger LOG = System.getLogger(Devices.class.getName());

    private final AccountStore store;
    private final Tokens tokens;
    private final Sightings sightings;
    private final DeviceLimit limit;
    private final Secrets secrets;
    private final Clock clock;
    private final NewsBoard<UserId> news;
    private final List<Accounts.DeviceListener> listeners = new ArrayList<>();

    Devices(
            AccountStore store,
            Tokens tokens,
            Sightings sightings,
            DeviceLimit limit,
            Secrets secrets,
            Clock clock,
            NewsBoard<UserId> news) {
        this.store = store;
        this.tokens = tokens;
        this.sightings = sightings;
        this.limit = limit;
        this.secrets = secrets;
        this.clock = clock;
        this.news = news;
    }

    void onChange(Accounts.DeviceListener listener) {
        listeners.add(listener);
    }

    List<Device> of(Reading reading, UserId user) {
        return store.devices(reading, user).stream().map(device -> asSeen(user, device)).toList();
    }

    Optional<Device> find(Reading reading, UserId user, DeviceId device) {
        return store.findDevice(reading, user, device).map(found -> asSeen(user, found));
    }

    private Device asSeen(UserId user, Device device) {
        return sightings
                .latest(user, device.id())
                .filter(latest -> latest.time() >= device.lastSeenTs().orElse(0L))
                .map(device::seen)
                .orElse(device);
    }

    /// Begins a session: makes the device, or takes over one that the user had before, whose tokens
    /// end (TOK-3).
    Tokens.Session logIn(Transaction tx, UserId user, SessionWish wish) {
        var device = wish.device().orElseGet(() -> new DeviceId(secrets.deviceId()));
        if (store.findDevice(tx, user, device).isPresent()) {
            tokens.end(tx, user, device);
        } else {
            makeRoom(tx, user);
            listeners.forEach(listener -> listener.added(tx, user, device));
            store.insertDevice(tx, user, Device.unseen(device, wish.displayName()));
        }
        store.loggedIn(tx, user, device, clock.millis());
        return tokens.begin(tx, user, device, wish.refreshable());
    }

    /// For one more device than there may be, those that were longest unseen are signed out.
    private void makeRoom(Transaction tx, UserId user) {
        for (var device : limit.makingRoom(of(tx, user))) {
            LOG.log(
                    Level.INFO,
                    "{0} logs in with one device too many: {1} is signed out",
                    user,
                    device.id());
            remove(tx, user, device.id());
        }
    }

    void rename(Transaction tx, UserId user, DeviceId device, String name) {
        if (!store.renameDevice(tx, user, device, name)) {
            throw notFound("You have no device " + device);
        }
        listeners.forEach(listener -> listener.renamed(tx, user, device));
    }

    /// Ends a session: tokens, keys and inbox of the device go with it (TOK-8, TOK-13).
    void remove(Transaction tx, UserId user, DeviceId device) {
        tokens.end(tx, user, device);
        if (store.deleteDevice(tx, user, device)) {
            listeners.forEach(listener -> listener.removed(tx, user, device));
            tx.afterCommit(() -> news.publish(user));
        }
    }

    /// Ends all sessions, but that of a device if one is to be kept.
    void removeAll(Transaction tx, UserId user, Optional<DeviceId> keep) {
        for (var device : store.devices(tx, user)) {
            if (!keep.equals(Optional.of(device.id()))) {
                remove(tx, user, device.id());
            }
        }
    }
}
