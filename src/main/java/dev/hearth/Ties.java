package dev.hearth;

import dev.hearth.account.Accounts;
import dev.hearth.account.Device;
import dev.hearth.account.UserInteractive;
import dev.hearth.accountdata.InvitePermission.Ruling;
import dev.hearth.delayed.DelayedEvents;
import dev.hearth.http.ClientRequest;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.keys.Confirmation;
import dev.hearth.keys.LocalDevices;
import dev.hearth.keys.SharedRooms;
import dev.hearth.keys.backup.KeyBackup;
import dev.hearth.keys.dehydration.DehydratedDevices;
import dev.hearth.profile.Profiles;
import dev.hearth.push.Pushers;
import dev.hearth.room.Residents;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import dev.hearth.sync.Sync;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one part knows or hears of another without seeing it.
final class Ties {

    private Ties() {}

    /// All devices, those that sleep among them.
    ///
    /// @param named whether others are told how a user's devices are called (TOK-14)
    static LocalDevices devices(Accounts accounts, boolean named) {
        var awake = awakeDevices(accounts);
        var dehydrated = new DehydratedDevices();
        return new LocalDevices() {
            @Override
            public boolean exists(Reading reading, UserId user) {
                return awake.exists(reading, user);
            }

            @Override
            public Map<DeviceId, Optional<String>> names(Reading reading, UserId user) {
                var names = new HashMap<>(awake.names(reading, user));
                names.putAll(dehydrated.names(reading, user));
                if (!named) {
                    names.replaceAll((_, _) -> Optional.empty());
                }
                return names;
            }
        };
    }

    /// The devices by which somebody acts.
    static LocalDevices awakeDevices(Accounts accounts) {
        return new LocalDevices() {
            @Override
            public boolean exists(Reading reading, UserId user) {
                return accounts.exists(reading, user);
            }

            @Override
            public Map<DeviceId, Optional<String>> names(Reading reading, UserId user) {
                var names = new HashMap<DeviceId, Optional<String>>();
                for (Device device : accounts.devices(reading, user)) {
                    names.put(device.id(), device.displayName());
                }
                return names;
            }
        };
    }

    static SharedRooms sharedRooms(Rooms rooms) {
        var companions = rooms.companions();
        return new SharedRooms() {
            @Override
            public Set<UserId> sharingWith(Reading reading, UserId user) {
                return companions.of(reading, user);
            }

            @Override
            public Encounters encounters(Reading reading, UserId user, long since, long upTo) {
                return new Encounters(
                        companions.met(reading, user, since, upTo),
                        companions.parted(reading, user, since, upTo));
            }
        };
    }

    static Residents residents(Accounts accounts, Sync.Features features) {
        var accountData = features.accountData();
        return new Residents() {
            @Override
            public boolean isGuest(Reading reading, UserId user) {
                return accounts.isGuest(reading, user);
            }

            @Override
            public boolean blocksInvite(Reading reading, UserId invitee, UserId inviter) {
                return accountData.invitePermission(reading, invitee).of(inviter) == Ruling.BLOCK;
            }

            @Override
            public void succeed(Transaction tx, UserId user, RoomId from, RoomId to) {
                accountData.succeed(tx, user, from, to);
                features.notifications().succeed(tx, user, from, to);
            }
        };
    }

    static Confirmation confirmation(UserInteractive userInteractive) {
        return new Confirmation() {
            @Override
            public void confirm(ClientRequest request) {
                userInteractive.confirm(request);
            }

            @Override
            public JsonObject wholeBody(ClientRequest request) {
                return userInteractive.wholeBody(request);
            }
        };
    }

    /// TOK-13: what goes with a device.
    static Accounts.DeviceListener deviceListener(Sync.Features features, Pushers pushers) {
        var keys = features.keys();
        return new Accounts.DeviceListener() {
            @Override
            public void added(Transaction tx, UserId user, DeviceId device) {
                keys.deviceAdded(tx, user, device);
                new DehydratedDevices().requireNoneNamed(tx, user, device);
            }

            @Override
            public void removed(Transaction tx, UserId user, DeviceId device) {
                keys.deviceRemoved(tx, user, device);
                features.toDevice().deviceRemoved(tx, user, device);
                features.accountData().deviceRemoved(tx, user, device);
                pushers.deviceRemoved(tx, user, device);
            }

            @Override
            public void renamed(Transaction tx, UserId user, DeviceId device) {
                keys.deviceRenamed(tx, user, device);
            }
        };
    }

    /// ACC-10: what goes with an account.
    static Accounts.AccountListener accountListener(
            Profiles profiles,
            KeyBackup keyBackup,
            DelayedEvents delayedEvents,
            Sync.Features features) {
        return new Accounts.AccountListener() {
            @Override
            public void created(Transaction tx, UserId user, String displayName) {
                profiles.begin(tx, user, displayName);
            }

            @Override
            public void deactivated(Transaction tx, UserId user) {
                profiles.erase(tx, user);
                keyBackup.accountRemoved(tx, user);
                delayedEvents.accountRemoved(tx, user);
                features.keys().accountRemoved(tx, user);
                features.accountData().accountRemoved(tx, user);
                features.subscriptions().accountRemoved(tx, user);
                features.notifications().accountRemoved(tx, user);
            }

            @Override
            public void departed(UserId user) {
                features.rooms().accountChanges().leaveAll(user);
            }
        };
    }
}
