package dev.hearth.room.directory;

import dev.hearth.configuration.Configuration;
import dev.hearth.http.Routes;
import dev.hearth.identifier.ServerName;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import java.util.random.RandomGenerator;

/// Where rooms are found, and what of them is told to who is not in them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#published-room-directory Published room
///   directory
public final class Directory {

    private final PublishedRooms published;
    private final PublicRoomEndpoints publicRooms;
    private final SummaryEndpoint summaries;
    private final HierarchyEndpoint hierarchy;
    private final MutualRoomsEndpoint mutualRooms;

    public Directory(
            Database database,
            Rooms rooms,
            ServerName server,
            Configuration.Directory settings,
            RandomGenerator random) {
        this.published = new PublishedRooms(rooms);
        var publishing = new Publishing(rooms, published, settings.publishing());
        this.publicRooms =
                new PublicRoomEndpoints(database, published, publishing, server, settings);
        this.summaries = new SummaryEndpoint(database, rooms);
        this.hierarchy = new HierarchyEndpoint(database, rooms, random);
        this.mutualRooms = new MutualRoomsEndpoint(database, rooms);
        rooms.onStateChange(published);
        rooms.neighbors().onPublication(publishing);
    }

    public void declare(Routes routes) {
        publicRooms.declare(routes);
        summaries.declare(routes);
        hierarchy.declare(routes);
        mutualRooms.declare(routes);
    }

    /// Whether a room is in the list.
    ///
    /// @param room its number
    public boolean isPublished(Reading reading, long room) {
        return published.contains(reading, room);
    }
}
