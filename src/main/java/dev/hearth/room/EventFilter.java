package dev.hearth.room;

import dev.hearth.event.Glob;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// Which events a client wants: of a section of `/sync`, or of a room's history.
///
/// @param limit the most events of a timeline; in other sections it cuts nothing, since nobody
///   could ask for the rest
/// @param relTypes how an event relates to another; MSC3874, for no version has it yet
/// @param containsUrl where present, whether the content has or hasn't a `url`
/// @spec https://spec.matrix.org/v1.19/client-server-api/#filtering Filtering
public record EventFilter(
        int limit,
        Optional<List<String>> types,
        List<String> notTypes,
        Optional<List<String>> senders,
        List<String> notSenders,
        Optional<List<String>> rooms,
        List<String> notRooms,
        RelTypes relTypes,
        Optional<Boolean> containsUrl,
        boolean lazyLoadMembers,
        boolean includeRedundantMembers,
        boolean unreadThreadNotifications) {

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;

    /// What lets everything pass.
    public static final EventFilter EVERYTHING = parse(JsonObject.EMPTY);

    public static EventFilter parse(JsonObject json) {
        return new EventFilter(
                limit(json),
                strings(json, "types"),
                strings(json, "not_types").orElse(List.of()),
                strings(json, "senders"),
                strings(json, "not_senders").orElse(List.of()),
                strings(json, "rooms"),
                strings(json, "not_rooms").orElse(List.of()),
                new RelTypes(
                        strings(json, RelTypes.WANTED),
                        strings(json, RelTypes.UNWANTED).orElse(List.of())),
                json.findBoolean("contains_url"),
                json.isTrue("lazy_load_members"),
                json.isTrue("include_redundant_members"),
                json.isTrue("unread_thread_notifications"));
    }

    private static int limit(JsonObject json) {
        long limit = json.findInteger("limit").orElse((long) DEFAULT_LIMIT);
        return Math.clamp(limit, 0, MAX_LIMIT);
    }

    private static Optional<List<String>> strings(JsonObject json, String key) {
        return json.findArray(key).map(array -> array.strings());
    }

    /// Kinds of relations, one of which an event must have, and such as it may not have.
    ///
    /// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/3874 MSC3874:
    ///   `org.matrix.msc3874`
    public record RelTypes(Optional<List<String>> wanted, List<String> unwanted) {

        static final String WANTED = "org.matrix.msc3874.rel_types";
        static final String UNWANTED = "org.matrix.msc3874.not_rel_types";

        boolean allow(StoredEvent event) {
            if (wanted.isEmpty() && unwanted.isEmpty()) {
                return true;
            }
            var type = Relation.of(event.shown()).map(Relation::type);
            return type.filter(unwanted::contains).isEmpty()
                    && (wanted.isEmpty() || type.filter(wanted.get()::contains).isPresent());
        }
    }

    /// Whether an event may pass; the room is judged by [#allowsRoom].
    public boolean allows(StoredEvent event) {
        return allowsType(event.pdu().type())
                && allowsSender(event.pdu().sender().value())
                && relTypes.allow(event)
                && containsUrl
                        .map(wanted -> wanted == event.shown().content().has("url"))
                        .orElse(true);
    }

    public boolean allowsSender(String sender) {
        return !notSenders.contains(sender)
                && senders.map(wanted -> wanted.contains(sender)).orElse(true);
    }

    public boolean allowsType(String type) {
        return notTypes.stream().noneMatch(pattern -> Glob.matchesStars(pattern, type))
                && types.map(all ->
                                all.stream().anyMatch(pattern -> Glob.matchesStars(pattern, type)))
                        .orElse(true);
    }

    public boolean allowsRoom(String room) {
        return !notRooms.contains(room) && rooms.map(wanted -> wanted.contains(room)).orElse(true);
    }
}
