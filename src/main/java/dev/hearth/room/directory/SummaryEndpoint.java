package dev.hearth.room.directory;

import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.error.MatrixException;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Requester;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;

/// What a room is in short, for who thinks about joining it (ROOM-8).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-summaries Room summaries
final class SummaryEndpoint {

    private final Database database;
    private final Rooms rooms;

    SummaryEndpoint(Database database, Rooms rooms) {
        this.database = database;
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        var unstable = "/_matrix/client/unstable/im.nheko.summary";
        routes.open()
                .get("/_matrix/client/v1/room_summary/{roomIdOrAlias}", this::summary)
                .get(unstable + "/summary/{roomIdOrAlias}", this::summary)
                .get(unstable + "/rooms/{roomIdOrAlias}/summary", this::summary);
    }

    private Response summary(OpenRequest request) {
        var name = request.path("roomIdOrAlias");
        return database.read(reading -> {
            var user = request.requester().map(Requester::user);
            var viewer = new Viewer(rooms, reading, user);
            var summary =
                    rooms.findNamed(reading, name)
                            .map(room -> RoomSummary.of(rooms, reading, room))
                            .filter(viewer::maySee)
                            .orElseThrow(() -> unseen(name));
            var membership = viewer.membership(summary.room().roomId()).wireName();
            return Response.json(
                    summary.json(rooms, reading)
                            .putIfPresent("membership", user.map(_ -> membership))
                            .build());
        });
    }

    /// Who may not see a room isn't told that there is one.
    private static MatrixException unseen(String name) {
        return notFound("There is no room " + name + " that you may see");
    }
}
