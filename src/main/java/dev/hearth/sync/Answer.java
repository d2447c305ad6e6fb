package dev.hearth.sync;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import dev.hearth.todevice.ToDeviceMessage;
import java.util.List;

/// Puts the sections of one answer together, all cut at the same position.
final class Answer {

    private static final int TO_DEVICE_AT_ONCE = 100;

    private final Sync.Features features;
    private final AccountDataSection accountData;
    private final RoomsSection rooms;
    private final PresenceSection presence;

    /// What was found.
    record Found(JsonObject json, boolean isEmpty) {}

    Answer(Sync.Features features) {
        this.features = features;
        this.accountData = new AccountDataSection(features);
        this.rooms = new RoomsSection(features, accountData);
        this.presence = new PresenceSection(features);
    }

    Found of(Reading reading, SyncRequest request, long upTo) {
        var user = request.user();
        var device = request.requester().device();
        long since = request.since().position();
        var inbox = features.toDevice().messages(reading, user, device, upTo, TO_DEVICE_AT_ONCE);
        var roomSections = rooms.of(reading, request, upTo);
        var globalData = accountData.global(reading, request, upTo);
        var present = presence.events(reading, request, upTo);
        var lists =
                request.isInitial()
                        ? JsonObject.EMPTY
                        : features.keys().deviceListsSince(reading, user, since, upTo).json();
        boolean claimed = features.keys().wereKeysClaimedSince(reading, user, device, since);
        boolean empty =
                inbox.isEmpty()
                        && roomSections.isEmpty()
                        && globalData.isEmpty()
                        && present.isEmpty()
                        && isWithoutNames(lists)
                        && !claimed;
        var fallback = fallbackKeyTypes(reading, request);
        var json =
                JsonObject.builder()
                        .put("next_batch", token(inbox, upTo))
                        .putUnlessEmpty("account_data", events(globalData))
                        .putUnlessEmpty("to_device", events(messages(inbox)))
                        .putUnlessEmpty("presence", events(present))
                        .putUnlessEmpty("rooms", roomSections)
                        .putUnlessEmpty("device_lists", lists)
                        .put(
                                "device_one_time_keys_count",
                                features.keys().oneTimeKeyCounts(reading, user, device))
                        .put("device_unused_fallback_key_types", fallback)
                        .put("org.matrix.msc2732.device_unused_fallback_key_types", fallback)
                        .build();
        return new Found(json, empty);
    }

    private JsonArray fallbackKeyTypes(Reading reading, SyncRequest request) {
        return JsonArray.from(
                features.keys()
                        .unusedFallbackKeyTypes(
                                reading, request.user(), request.requester().device()));
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

    static JsonObject events(List<JsonObject> events) {
        return events.isEmpty() ? JsonObject.EMPTY : allEvents(events);
    }

    static JsonObject allEvents(List<JsonObject> events) {
        return JsonObject.of("events", JsonArray.from(events));
    }
}
