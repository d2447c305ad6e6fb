package dev.hearth.sync;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.room.directory.Directory;
import dev.hearth.storage.Database;
import java.time.Clock;

/// What there was before `/sync`, and still is for old clients, and for looking into rooms from
/// outside (SYNC-26).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-previews Room previews
public final class OldSync {

    private final EventStreamEndpoint stream;
    private final InitialSyncEndpoints initial;

    public OldSync(
            Database database,
            NewsBoard<UserId> news,
            Sync.Features features,
            Directory directory,
            Clock clock) {
        this.stream = new EventStreamEndpoint(database, news, features, clock);
        this.initial = new InitialSyncEndpoints(database, features, directory);
    }

    public void declare(Routes routes) {
        stream.declare(routes);
        initial.declare(routes);
    }
}
