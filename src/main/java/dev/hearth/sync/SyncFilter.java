package dev.hearth.sync;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.EventFilter;
import java.util.List;

/// What a client wants of `/sync`.
///
/// @param rooms which rooms; applied before the sections of rooms
/// @param federationFormat whether events come as servers send them to one another
/// @param fields which fields of events; all where none is named
/// @param threadCounts whether unread messages are counted by thread
/// @spec https://spec.matrix.org/v1.19/client-server-api/#filtering Filtering
record SyncFilter(
        EventFilter rooms,
        boolean includeLeave,
        EventFilter timeline,
        EventFilter state,
        EventFilter ephemeral,
        EventFilter roomAccountData,
        EventFilter accountData,
        EventFilter presence,
        boolean federationFormat,
        EventFields fields,
        boolean threadCounts) {

    static final SyncFilter EVERYTHING = parse(JsonObject.EMPTY);

    /// Reads a filter whose [form was checked][dev.hearth.accountdata.FilterCheck].
    static SyncFilter parse(JsonObject json) {
        var room = json.findObject("room").orElse(JsonObject.EMPTY);
        var timeline = section(room, "timeline");
        var state = section(room, "state");
        var ephemeral = section(room, "ephemeral");
        var accountData = section(room, "account_data");
        return new SyncFilter(
                EventFilter.parse(room),
                room.isTrue("include_leave"),
                timeline,
                state,
                ephemeral,
                accountData,
                section(json, "account_data"),
                section(json, "presence"),
                json.findString("event_format").orElse("client").equals("federation"),
                EventFields.parse(
                        json.findArray("event_fields").map(JsonArray::strings).orElse(List.of())),
                List.of(timeline, state, ephemeral, accountData).stream()
                        .anyMatch(EventFilter::unreadThreadNotifications));
    }

    private static EventFilter section(JsonObject json, String key) {
        return EventFilter.parse(json.findObject(key).orElse(JsonObject.EMPTY));
    }

    /// Members are sent as they are needed: the state section says so, as clients set it there.
    boolean lazyLoadsMembers() {
        return state.lazyLoadMembers();
    }
}
