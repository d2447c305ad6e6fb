package dev.hearth.room.directory;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.PageToken;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredRoom;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;

/// The rooms that the user is in together with another (MUT-1). A token names the last room told,
/// so it is good for ever.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mutual-rooms Mutual rooms
final class MutualRoomsEndpoint {

    private static final int PAGE = 100;
    private static final PageToken TOKEN = new PageToken('m');

    private final Database database;
    private final Rooms rooms;

    MutualRoomsEndpoint(Database database, Rooms rooms) {
        this.database = database;
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .get("/_matrix/client/v1/mutual_rooms", this::mutualRooms)
                .get(
                        "/_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms",
                        this::mutualRooms);
    }

    private Response mutualRooms(ClientRequest request) {
        var other =
                request.query("user_id")
                        .flatMap(UserId::find)
                        .filter(user -> !user.equals(request.user()))
                        .orElseThrow(() -> invalidParam("user_id: expected another user's ID"));
        long after = request.query("from").map(token -> TOKEN.parse("from", token)).orElse(0L);
        return Response.json(database.read(reading -> page(reading, request.user(), other, after)));
    }

    private JsonObject page(Reading reading, UserId user, UserId other, long after) {
        var companions = rooms.companions();
        var found = companions.sharedRooms(reading, user, other, after, PAGE + 1);
        var page = found.subList(0, Math.min(found.size(), PAGE));
        var answer =
                JsonObject.builder()
                        .put(
                                "joined",
                                JsonArray.from(page.stream().map(StoredRoom::roomId).toList()))
                        .put("count", companions.countSharedRooms(reading, user, other));
        if (found.size() > PAGE) {
            answer.put("next_batch", TOKEN.of(page.getLast().number()));
        }
        return answer.build();
    }
}
