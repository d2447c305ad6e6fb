package dev.hearth.sync;

import dev.hearth.accountdata.AccountDatum;
import dev.hearth.http.Requester;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.RoomMembership;
import dev.hearth.storage.Reading;
import dev.hearth.todevice.ToDeviceMessage;
import java.util.List;
import java.util.Optional;

/// Puts the sections of one answer together, all cut at the same position.
final class Answer {

    private static final int TO_DEVICE_AT_ONCE = 100;

    private final Sync.Features features;
    private final RoomSections rooms;

    /// What is asked.
    ///
    /// @param since where the last sync ended; nothing for an initial one
    record Request(Requester requester, SyncFilter filter, SyncToken since, boolean fullState) {

        UserId user() {
            return requester.user();
        }

        boolean isInitial() {
            return since.position() == 0;
        }
    }

    /// What was found.
    record Found(JsonObject json, boolean isEmpty) {}

    Answer(Sync.Features features) {
        this.features = features;
        this.rooms = new RoomSections(features);
    }

    Found of(Reading reading, Request request, long upTo) {
        var user = request.user();
        var device = request.requester().device();
        long since = request.since().position();
        var inbox = features.toDevice().messages(reading, user, device, upTo, TO_DEVICE_AT_ONCE);
        var roomSections = rooms(reading, request, upTo);
        var accountData = accountData(reading, request, upTo);
        var lists =
                request.isInitial()
                        ? JsonObject.EMPTY
                        : features.keys().deviceListsSince(reading, user, since, upTo).json();
        boolean claimed = features.keys().wereKeysClaimedSince(reading, user, device, since);
        boolean empty =
                inbox.isEmpty()
                        && roomSections.isEmpty()
                        && accountData.isEmpty()
                        && isWithoutNames(lists)
                        && !claimed;
        var json =
                JsonObject.builder()
                        .put("next_batch", token(inbox, upTo))
                        .putUnlessEmpty("account_data", events(accountData))
                        .putUnlessEmpty("to_device", events(messages(inbox)))
                        .putUnlessEmpty("rooms", roomSections)
                        .putUnlessEmpty("device_lists", lists)
                        .put(
                                "device_one_time_keys_count",
                                features.keys().oneTimeKeyCounts(reading, user, device))
                        .put(
                                "device_unused_fallback_key_types",
                                JsonArray.from(
                                        features.keys()
                                                .unusedFallbackKeyTypes(reading, user, device)))
                        .build();
        return new Found(json, empty);
    }

    private static boolean isWithoutNames(JsonObject lists) {
        return lists.members().values().stream()
                .allMatch(value -> value instanceof JsonArray array && array.isEmpty());
    }

    /// A section that was cut short is told on from where it ended.
    private static SyncToken token(List<ToDeviceMessage> inbox, long upTo) {
        return inbox.size() < TO_DEVICE_AT_ONCE
                ? new SyncToken(upTo, upTo)
                : new SyncToken(upTo, inbox.getLast().position());
    }

    private static List<JsonObject> messages(List<ToDeviceMessage> inbox) {
        return inbox.stream().map(ToDeviceMessage::event).toList();
    }

    private List<JsonObject> accountData(Reading reading, Request request, long upTo) {
        return features
                .accountData()
                .globalSince(reading, request.user(), request.since().position(), upTo)
                .stream()
                .filter(datum -> request.filter().accountData().allowsType(datum.type()))
                .map(AccountDatum::event)
                .toList();
    }

    private JsonObject rooms(Reading reading, Request request, long upTo) {
        var ignored = features.accountData().ignoredUsers(reading, request.user());
        var data =
                features.accountData()
                        .roomsSince(reading, request.user(), request.since().position(), upTo);
        var join = JsonObject.builder();
        var invite = JsonObject.builder();
        var leave = JsonObject.builder();
        for (var membership : features.rooms().memberships(reading, request.user())) {
            var room = membership.roomId().value();
            if (!request.filter().rooms().allowsRoom(room)) {
                continue;
            }
            var span = new RoomSections.Span(request, membership, upTo, ignored);
            switch (membership.membership()) {
                case JOIN -> {
                    var own = data.getOrDefault(membership.roomId(), List.of());
                    var section = rooms.joined(reading, span, own);
                    section.ifPresent(found -> join.put(room, found));
                }
                case INVITE ->
                        invitation(reading, span).ifPresent(found -> invite.put(room, found));
                case LEAVE, BAN -> {
                    if (isNew(request, membership, upTo) && wants(request, membership)) {
                        leave.put(room, rooms.left(reading, span));
                    }
                }
                case KNOCK -> {
                    // Nobody can knock yet.
                }
            }
        }
        return JsonObject.builder()
                .putUnlessEmpty("join", join.build())
                .putUnlessEmpty("invite", invite.build())
                .putUnlessEmpty("leave", leave.build())
                .build();
    }

    private Optional<JsonObject> invitation(Reading reading, RoomSections.Span span) {
        return isNew(span.request(), span.membership(), span.upTo())
                ? rooms.invited(reading, span)
                : Optional.empty();
    }

    private static boolean isNew(Request request, RoomMembership membership, long upTo) {
        return membership.position() > request.since().position() && membership.position() <= upTo;
    }

    private static boolean wants(Request request, RoomMembership membership) {
        return !membership.forgotten() && (!request.isInitial() || request.filter().includeLeave());
    }

    static JsonObject events(List<JsonObject> events) {
        return events.isEmpty()
                ? JsonObject.EMPTY
                : JsonObject.of("events", JsonArray.from(events));
    }
}
