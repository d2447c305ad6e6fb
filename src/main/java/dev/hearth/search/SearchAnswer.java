package dev.hearth.search;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.Requester;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.room.BundledEvents;
import dev.hearth.room.Reader;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.RoomToken;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One page of what was found, as it is answered.
final class SearchAnswer {

    private static final int HIGHLIGHTS = 50;

    private final Rooms rooms;
    private final Reading reading;
    private final Requester requester;
    private final Query query;

    SearchAnswer(Rooms rooms, Reading reading, Requester requester, Query query) {
        this.rooms = rooms;
        this.reading = reading;
        this.requester = requester;
        this.query = query;
    }

    /// What is answered of the category `room_events`.
    JsonObject of(List<Match> all, Place place) {
        var found = new ArrayList<>(all);
        if (query.order() == Query.Order.RANK) {
            found.sort(Comparator.comparingDouble(match -> -match.rank()));
        }
        var inScope = found.stream().filter(place::holds).toList();
        int limit = query.filter().limit();
        var page = inScope.stream().skip(place.skip()).limit(limit).toList();
        var answer =
                JsonObject.builder()
                        .put("count", inScope.size())
                        .put("highlights", highlights(page))
                        .put("results", JsonArray.from(page.stream().map(this::result).toList()));
        // Who gets a full page asks for another, which may be empty.
        if (limit > 0 && page.size() == limit) {
            answer.put("next_batch", next(found, page, place).token());
        }
        if (!query.groups().isEmpty()) {
            answer.put("groups", groups(found, page, place));
        }
        if (query.includeState()) {
            answer.put("state", states(page));
        }
        return answer.build();
    }

    /// What is older than all that was looked at is found from its last on.
    private Place next(List<Match> found, List<Match> page, Place place) {
        boolean more = found.size() == Matches.MOST && place.skip() + page.size() >= found.size();
        return more && query.order() == Query.Order.RECENT
                ? place.before(page.getLast().event().number())
                : place.after(page.size());
    }

    private JsonArray highlights(List<Match> page) {
        var words = new LinkedHashSet<String>();
        page.forEach(match -> words.addAll(query.wanted().highlights(match.text())));
        return JsonArray.from(words.stream().limit(HIGHLIGHTS).toList());
    }

    private JsonObject result(Match match) {
        var result =
                JsonObject.builder()
                        .put("rank", rank(match))
                        .put("result", full(match.room(), List.of(match.seen())).get(0));
        query.context().ifPresent(wanted -> result.put("context", context(match, wanted)));
        return result.build();
    }

    private static JsonDecimal rank(Match match) {
        return new JsonDecimal(String.format(Locale.ROOT, "%.4f", match.rank()));
    }

    /// REL-2: with what relates to them.
    private JsonArray full(RoomMembership room, List<Seen> events) {
        return JsonArray.from(
                new BundledEvents(rooms).full(reading, new Reader(room, requester), events));
    }

    /// What is before is told backwards, from the result on.
    private JsonObject context(Match match, Query.Context wanted) {
        var around =
                rooms.surroundings(reading, match.room(), requester.user())
                        .of(match.event(), wanted.before(), wanted.after());
        var context =
                JsonObject.builder()
                        .put("events_before", full(match.room(), around.before()))
                        .put("events_after", full(match.room(), around.after()))
                        .put("start", RoomToken.of(around.start()))
                        .put("end", RoomToken.of(around.end()));
        if (wanted.profiles()) {
            var told =
                    Stream.of(around.before(), List.of(match.seen()), around.after())
                            .flatMap(List::stream)
                            .map(Seen::event)
                            .toList();
            context.put("profile_info", profiles(match, told));
        }
        return context.build();
    }

    /// How those who spoke were shown when they did.
    private JsonObject profiles(Match match, List<StoredEvent> events) {
        var profiles = JsonObject.builder();
        for (var event : events) {
            var sender = event.pdu().sender();
            var tuple = new StateTuple(EventType.MEMBER, sender.value());
            rooms.stateAt(reading, match.room().room(), tuple, event.position())
                    .map(member -> member.shown().content())
                    .ifPresent(content -> profiles.put(sender.value(), profile(content)));
        }
        return profiles.build();
    }

    private static JsonObject profile(JsonObject member) {
        return JsonObject.builder()
                .putIfPresent("displayname", member.peekString("displayname"))
                .putIfPresent("avatar_url", member.peekString("avatar_url"))
                .build();
    }

    private JsonObject groups(List<Match> found, List<Match> page, Place place) {
        var groups = JsonObject.builder();
        for (var group : query.groups()) {
            var values = JsonObject.builder();
            int order = 0;
            for (var value : page.stream().map(match -> match.valueOf(group)).distinct().toList()) {
                var whole = Place.of(group, value, place.upTo(), 0);
                var shown = page.stream().filter(whole::holds).toList();
                var told = group(found.stream().filter(whole::holds).toList(), shown, whole);
                values.put(value, told.put("order", ++order).build());
            }
            groups.put(group.wireName(), values.build());
        }
        return groups.build();
    }

    /// Which of a group were shown, and where the rest of it begins.
    private static JsonObjectBuilder group(List<Match> all, List<Match> shown, Place whole) {
        var ids = shown.stream().map(match -> match.event().pdu().eventId()).toList();
        var told = JsonObject.builder().put("results", JsonArray.from(ids));
        int passed = all.indexOf(shown.getLast()) + 1;
        if (passed < all.size()) {
            told.put("next_batch", whole.after(passed).token());
        }
        return told;
    }

    /// The state of each room that is among the results, as the user may know it.
    private JsonObject states(List<Match> page) {
        var states = JsonObject.builder();
        page.stream()
                .map(Match::room)
                .distinct()
                .forEach(room -> {
                    var state =
                            room.membership() == Membership.JOIN
                                    ? rooms.currentState(reading, room.room())
                                    : rooms.stateAt(reading, room.room(), room.joinedUntil());
                    states.put(
                            room.roomId().value(),
                            JsonArray.from(
                                    state.stream()
                                            .map(event ->
                                                    rooms.clientEvents()
                                                            .fullState(reading, event, requester))
                                            .toList()));
                });
        return states.build();
    }
}
