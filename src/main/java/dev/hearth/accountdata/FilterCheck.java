package dev.hearth.accountdata;

import static dev.hearth.error.MatrixException.badJson;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.function.Predicate;

/// Whether a filter has the form of one (FIL-6). Keys that nobody knows are passed over, as clients
/// of tomorrow may send them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#filtering Filtering
public final class FilterCheck {

    private static final List<String> ROOM_SECTIONS =
            List.of("timeline", "state", "ephemeral", "account_data");
    private static final List<String> FLAGS =
            List.of(
                    "contains_url",
                    "lazy_load_members",
                    "include_redundant_members",
                    "unread_thread_notifications");

    /// So many entries one list may have: each is tried on each event.
    private static final int LONGEST_LIST = 1_000;

    private FilterCheck() {}

    /// @throws dev.hearth.error.MatrixException if it hasn't
    /// @throws dev.hearth.json.JsonShapeException if something in it is of another type
    public static void check(JsonObject filter) {
        strings(filter, "event_fields", _ -> true, "a path of keys");
        filter.findString("event_format")
                .filter(format -> !format.equals("client") && !format.equals("federation"))
                .ifPresent(_ -> {
                    throw badJson("event_format: expected client or federation");
                });
        filter.findObject("presence").ifPresent(FilterCheck::checkEvents);
        filter.findObject("account_data").ifPresent(FilterCheck::checkEvents);
        filter.findObject("room").ifPresent(FilterCheck::checkRoom);
    }

    private static void checkRoom(JsonObject room) {
        room.findBoolean("include_leave");
        checkEvents(room);
        for (var section : ROOM_SECTIONS) {
            room.findObject(section).ifPresent(FilterCheck::checkEvents);
        }
    }

    /// The same of one section, as `/messages` takes it.
    public static void checkEvents(JsonObject filter) {
        filter.findInteger("limit")
                .filter(limit -> limit < 0)
                .ifPresent(limit -> {
                    throw badJson("limit: " + limit + " is less than nothing");
                });
        FLAGS.forEach(filter::findBoolean);
        for (var not : List.of("", "not_")) {
            strings(filter, not + "types", _ -> true, "an event type");
            strings(filter, "org.matrix.msc3874." + not + "rel_types", _ -> true, "a relation");
            strings(filter, not + "senders", FilterCheck::isUser, "a user ID");
            strings(filter, not + "rooms", FilterCheck::isRoom, "a room ID");
        }
    }

    private static void strings(
            JsonObject filter, String key, Predicate<String> isGood, String expected) {
        var list = filter.findArray(key).map(array -> array.strings()).orElse(List.of());
        if (list.size() > LONGEST_LIST) {
            throw badJson(key + ": more than " + LONGEST_LIST + " entries");
        }
        list.stream()
                .filter(isGood.negate())
                .findFirst()
                .ifPresent(bad -> {
                    throw badJson(key + ": '" + bad + "' is not " + expected);
                });
    }

    private static boolean isUser(String text) {
        return UserId.find(text).isPresent();
    }

    /// Only the sigil: since room version 12 there is no server's name in it.
    private static boolean isRoom(String text) {
        return text.startsWith("!") && text.length() > 1;
    }
}
