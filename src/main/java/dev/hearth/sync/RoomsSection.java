package dev.hearth.sync;

import dev.hearth.accountdata.AccountDatum;
import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Reading;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which rooms a sync tells of, and under what: joined, invited to, knocked at, left.
///
/// An incremental sync looks only into rooms in which something may have happened.
final class RoomsSection {

    /// Up to so many rooms are looked up one by one.
    private static final int FEW = 50;

    private final Sync.Features features;
    private final Rooms rooms;
    private final AccountDataSection accountData;
    private final JoinedSection joined;
    private final LeftSection left;
    private final OutsideSection outside;
    private final EphemeralSection ephemeral;

    RoomsSection(Sync.Features features, AccountDataSection accountData) {
        this.accountData = accountData;
        this.features = features;
        this.rooms = features.rooms();
        var states = new StateSection(rooms);
        this.ephemeral = new EphemeralSection(features);
        this.joined = new JoinedSection(features, states, accountData, ephemeral);
        this.left = new LeftSection(rooms, states);
        this.outside = new OutsideSection(features);
    }

    /// What was read for all rooms at once.
    private record Beside(Map<RoomId, List<AccountDatum>> accountData, Span.Known known) {}

    private record Groups(
            JsonObjectBuilder join,
            JsonObjectBuilder invite,
            JsonObjectBuilder knock,
            JsonObjectBuilder leave) {

        Groups() {
            this(
                    JsonObject.builder(),
                    JsonObject.builder(),
                    JsonObject.builder(),
                    JsonObject.builder());
        }

        JsonObject json() {
            return JsonObject.builder()
                    .putUnlessEmpty("join", join.build())
                    .putUnlessEmpty("invite", invite.build())
                    .putUnlessEmpty("knock", knock.build())
                    .putUnlessEmpty("leave", leave.build())
                    .build();
        }
    }

    JsonObject of(Reading reading, SyncRequest request, long upTo) {
        var user = request.user();
        var beside =
                new Beside(accountData.changed(reading, request, upTo), known(reading, request));
        var groups = new Groups();
        for (var now : candidates(reading, request, upTo, beside)) {
            if (request.filter().rooms().allowsRoom(now.roomId().value())) {
                asOf(reading, user, now, upTo)
                        .map(then -> new Span(request, then, upTo, beside.known()))
                        .ifPresent(span -> tell(reading, span, beside, groups));
            }
        }
        return groups.json();
    }

    private Span.Known known(Reading reading, SyncRequest request) {
        var user = request.user();
        var ignored = features.accountData().ignoredUsers(reading, user);
        boolean all = request.isInitial() || request.fullState();
        return new Span.Known(
                ignored,
                all ? Optional.of(features.receipts().readUpTo(reading, user)) : Optional.empty());
    }

    private Collection<RoomMembership> candidates(
            Reading reading, SyncRequest request, long upTo, Beside beside) {
        var user = request.user();
        if (request.isInitial() || request.fullState()) {
            return rooms.memberships(reading, user);
        }
        long since = request.since().position();
        var passing = ephemeral.roomsWithNews(since, upTo);
        if (passing.isEmpty() || passing.get().size() > FEW) {
            return rooms.memberships(reading, user);
        }
        var found = rooms.ofUser().withNews(reading, user, since);
        var others = new HashSet<>(passing.get());
        others.addAll(beside.accountData().keySet());
        found.values().forEach(membership -> others.remove(membership.roomId()));
        for (var room : others) {
            rooms.membership(reading, user, room)
                    .ifPresent(membership -> found.put(membership.room(), membership));
        }
        return found.values();
    }

    /// A membership that is newer than the cut is told by the next sync; this one tells what was.
    private Optional<RoomMembership> asOf(
            Reading reading, UserId user, RoomMembership now, long upTo) {
        if (now.position() <= upTo) {
            return Optional.of(now);
        }
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        return rooms.stateAt(reading, now.room(), tuple, upTo)
                .map(event -> now.before(Membership.of(event.pdu()), event.position()));
    }

    private void tell(Reading reading, Span span, Beside beside, Groups groups) {
        var room = span.membership().roomId().value();
        var data = accountData.inRoom(span, beside.accountData());
        switch (span.membership().membership()) {
            case JOIN -> {
                joined.of(reading, span, data).ifPresent(found -> groups.join().put(room, found));
            }
            case INVITE -> {
                if (isNew(span)) {
                    outside.invited(reading, span)
                            .ifPresent(found -> groups.invite().put(room, found));
                }
            }
            case KNOCK -> {
                if (isNew(span)) {
                    groups.knock().put(room, outside.knocked(reading, span));
                }
            }
            case LEAVE, BAN -> {
                if (isNew(span) && wantsLeft(span)) {
                    groups.leave().put(room, left.of(reading, span, data));
                }
            }
        }
    }

    private static boolean isNew(Span span) {
        return span.membership().position() > span.since();
    }

    /// The leaving itself is told to every device; what was left before, to who asks for it.
    private static boolean wantsLeft(Span span) {
        return !span.request().isInitial()
                || (span.request().filter().includeLeave() && !span.membership().forgotten());
    }
}
