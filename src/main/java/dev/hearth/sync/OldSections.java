package dev.hearth.sync;

import dev.hearth.accountdata.AccountDatum;
import dev.hearth.http.Requester;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.presence.Presence;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Reading;
import dev.hearth.sync.SyncRequest.StateBlock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What `/sync` tells beside the events of rooms, in the form that it had before (SYNC-26).
final class OldSections {

    /// Up to so many rooms are looked up one by one.
    private static final int FEW = 50;

    /// The rules for pushing are not what a user made, and have endpoints of their own, where
    /// clients of that time look for them.
    private static final SyncFilter MADE_BY_THE_USER =
            SyncFilter.parse(
                    JsonObject.of(
                            "account_data",
                            JsonObject.of("not_types", JsonArray.of("m.push_rules"))));

    private final Sync.Features features;
    private final Rooms rooms;
    private final Presence presence;
    private final PresenceSection present;
    private final AccountDataSection accountData;
    private final EphemeralSection ephemeral;

    OldSections(Sync.Features features) {
        this.features = features;
        this.rooms = features.rooms();
        this.presence = features.presence();
        this.present = new PresenceSection(features);
        this.accountData = new AccountDataSection(features);
        this.ephemeral = new EphemeralSection(features);
    }

    /// All that is current at a position.
    Look now(Reading reading, Requester requester, long upTo) {
        return since(reading, requester, 0, upTo);
    }

    /// What is new after one position and up to another.
    Look since(Reading reading, Requester requester, long since, long upTo) {
        var request =
                new SyncRequest(
                        requester,
                        MADE_BY_THE_USER,
                        new SyncToken(since, since),
                        false,
                        StateBlock.BEFORE);
        var ignored = features.accountData().ignoredUsers(reading, requester.user());
        return new Look(reading, request, upTo, new Span.Known(ignored, Optional.empty()));
    }

    /// One look of a user.
    final class Look {
        private final Reading reading;
        private final SyncRequest request;
        private final long upTo;
        private final Span.Known known;

        private Look(Reading reading, SyncRequest request, long upTo, Span.Known known) {
            this.reading = reading;
            this.request = request;
            this.upTo = upTo;
            this.known = known;
        }

        Set<UserId> ignored() {
            return known.ignored();
        }

        /// All of it, of whatever room.
        List<JsonObject> events() {
            var events = new ArrayList<>(presence());
            events.addAll(globalData());
            events.addAll(dataOfRooms(_ -> true));
            passing().forEach(membership -> events.addAll(passing(membership)));
            return events;
        }

        /// All of it that is of one room, which the user is in.
        List<JsonObject> events(RoomMembership membership) {
            var room = membership.roomId();
            var events = new ArrayList<>(presence());
            events.removeIf(event -> !isIn(room, UserId.parse(event.string("sender"))));
            events.addAll(dataOfRooms(room::equals));
            events.addAll(passing(membership));
            return events;
        }

        List<JsonObject> presence() {
            return OldForm.presence(present.events(reading, request, upTo));
        }

        /// The presence of those who are in one room.
        List<JsonObject> presence(RoomMembership membership) {
            var members = rooms.companions().in(reading, membership.room());
            return OldForm.presence(presence.events(reading, members));
        }

        private boolean isIn(RoomId room, UserId user) {
            return rooms.membership(reading, user, room)
                    .filter(RoomMembership::isJoined)
                    .isPresent();
        }

        List<JsonObject> globalData() {
            return accountData.global(reading, request, upTo);
        }

        private List<JsonObject> dataOfRooms(Predicate<RoomId> wanted) {
            var events = new ArrayList<JsonObject>();
            accountData
                    .changed(reading, request, upTo)
                    .forEach((room, data) -> {
                        if (wanted.test(room)) {
                            var told = data.stream().map(AccountDatum::event).toList();
                            events.addAll(OldForm.of(room, told));
                        }
                    });
            return events;
        }

        /// The rooms in which somebody may have typed or read.
        private Collection<RoomMembership> passing() {
            var changed = ephemeral.roomsWithNews(request.since().position(), upTo);
            var all =
                    changed.filter(some -> some.size() <= FEW)
                            .map(this::memberships)
                            .orElseGet(() -> rooms.memberships(reading, request.user()));
            return all.stream().filter(RoomMembership::isJoined).toList();
        }

        private List<RoomMembership> memberships(Set<RoomId> some) {
            return some.stream()
                    .flatMap(room -> rooms.membership(reading, request.user(), room).stream())
                    .toList();
        }

        private List<JsonObject> passing(RoomMembership membership) {
            var span = span(membership);
            var events = ephemeral.events(reading, span, false);
            return events.isEmpty()
                    ? events
                    : OldForm.of(membership.roomId(), ephemeral.complete(span, events));
        }

        /// Who has read how far in a room.
        List<JsonObject> receipts(RoomMembership membership) {
            var receipts = ephemeral.receipts(reading, span(membership), true);
            return OldForm.of(membership.roomId(), receipts.stream().toList());
        }

        private Span span(RoomMembership membership) {
            return new Span(request, membership, upTo, known);
        }
    }
}
