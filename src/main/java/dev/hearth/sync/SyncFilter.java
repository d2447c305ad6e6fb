package dev.hearth.sync;

import dev.hearth.json.JsonObject;

/// What a client wants of `/sync`.
///
/// @param federationFormat whether events come as servers send them to one another
/// @spec https://spec.matrix.org/v1.19/client-server-api/#filtering Filtering
record SyncFilter(
        EventFilter rooms,
        boolean includeLeave,
        EventFilter timeline,
        EventFilter state,
        EventFilter ephemeral,
        EventFilter roomAccountData,
        EventFilter accountData,
        boolean federationFormat) {

    static final SyncFilter EVERYTHING = parse(JsonObject.EMPTY);

    static SyncFilter parse(JsonObject json) {
        var room = json.findObject("room").orElse(JsonObject.EMPTY);
        return new SyncFilter(
                EventFilter.parse(room),
                room.isTrue("include_leave"),
                section(room, "timeline"),
                section(room, "state"),
                section(room, "ephemeral"),
                section(room, "account_data"),
                section(json, "account_data"),
                json.findString("event_format").orElse("client").equals("federation"));
    }

    private static EventFilter section(JsonObject json, String key) {
        return EventFilter.parse(json.findObject(key).orElse(JsonObject.EMPTY));
    }

    /// Members are sent as they are needed: the state section says so, as clients set it there.
    boolean lazyLoadsMembers() {
        return state.lazyLoadMembers();
    }

    boolean threadCounts() {
        return timeline.unreadThreadNotifications();
    }
}
