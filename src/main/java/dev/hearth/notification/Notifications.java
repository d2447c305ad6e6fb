package dev.hearth.notification;

import dev.hearth.accountdata.AccountData;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.receipt.ReadUpTo;
import dev.hearth.receipt.Receipts;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Reading;
import java.util.Set;

/// What an event is to those who read it: push rules, and unread counts.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications Receiving
///   notifications
public final class Notifications {

    private final UnreadCounts counts;

    public Notifications(Rooms rooms, Receipts receipts, AccountData accountData) {
        var store = new UnreadStore();
        var timelines = new Timelines(store);
        this.counts = new UnreadCounts(store, timelines);
        var counting = new Counting(rooms, receipts.threads(), store, timelines);
        rooms.onPersisting(counting::note);
        rooms.redactions().onRedacting(counting::takeBack);
        accountData.serve(
                "m.push_rules", user -> JsonObject.of("global", DefaultPushRules.of(user)));
    }

    public void declare(Routes routes) {
        new PushRuleEndpoints().declare(routes);
    }

    /// What is unread for a member of a room.
    ///
    /// @param read up to where they have read
    /// @param ignored whose events don't count
    public Unread unread(
            Reading reading, UserId user, RoomId room, ReadUpTo read, Set<UserId> ignored) {
        return counts.of(reading, user, room, read, ignored);
    }
}
