package dev.hearth.search;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import java.util.Set;
import java.util.function.BiFunction;

/// Search through what was said in rooms.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#server-side-search Server side search
public final class Search {

    private static final String CATEGORIES = "search_categories";
    private static final String ROOM_EVENTS = "room_events";

    private final Database database;
    private final Rooms rooms;
    private final BiFunction<Reading, UserId, Set<UserId>> ignored;
    private final Indexing indexing;

    /// @param ignored whom a user doesn't want to read
    public Search(
            Database database, Rooms rooms, BiFunction<Reading, UserId, Set<UserId>> ignored) {
        this.database = database;
        this.rooms = rooms;
        this.ignored = ignored;
        this.indexing = new Indexing(database, rooms);
    }

    public void declare(Routes routes) {
        routes.client().limited(Limit.GENERAL).post("/_matrix/client/v3/search", this::search);
    }

    /// Indexes what is new; meant for every second.
    public void index() {
        indexing.catchUp();
    }

    private Response search(ClientRequest request) {
        var wanted = request.body().object(CATEGORIES).findObject(ROOM_EVENTS);
        if (wanted.isEmpty()) {
            return Response.json(JsonObject.of(CATEGORIES, JsonObject.EMPTY));
        }
        var query = Query.parse(wanted.get());
        var place =
                request.query("next_batch")
                        .filter(token -> !token.isEmpty())
                        .map(Place::parse)
                        .orElseGet(() -> Place.first(database.position()));
        indexing.catchUpForRequest();
        var answer = indexing.read(index -> answer(index, request, query, place));
        return Response.json(JsonObject.of(CATEGORIES, JsonObject.of(ROOM_EVENTS, answer)));
    }

    private JsonObject answer(WordEvents index, ClientRequest request, Query query, Place place) {
        var reading = index.reading();
        var user = request.user();
        var matches =
                new Matches(rooms, index, user, query, ignored.apply(reading, user))
                        .find(place.upTo());
        return new SearchAnswer(rooms, reading, request.requester(), query).of(matches, place);
    }
}
