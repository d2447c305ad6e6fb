package dev.hearth.sync;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.accountdata.AccountData;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.keys.Keys;
import dev.hearth.receipt.Receipts;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.todevice.ToDevice;
import dev.hearth.typing.Typing;
import java.time.Clock;
import java.time.Duration;

/// `GET /sync`: all that is new for a device since its token, or the wait for it.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#syncing Syncing
public final class Sync {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(60);

    private final Database database;
    private final NewsBoard<UserId> news;
    private final Clock clock;
    private final AccountData accountData;
    private final ToDevice toDevice;
    private final Answer answer;

    /// The features that a sync tells of.
    public record Features(
            Rooms rooms,
            AccountData accountData,
            ToDevice toDevice,
            Keys keys,
            Typing typing,
            Receipts receipts) {}

    public Sync(Database database, NewsBoard<UserId> news, Features features, Clock clock) {
        this.database = database;
        this.news = news;
        this.clock = clock;
        this.accountData = features.accountData();
        this.toDevice = features.toDevice();
        this.answer = new Answer(features);
    }

    public void declare(Routes routes) {
        routes.guest().get("/_matrix/client/v3/sync", this::sync);
    }

    /// The position of a token that a sync gave out.
    ///
    /// @throws dev.hearth.error.MatrixException if it is none
    public static long position(String token) {
        return SyncToken.parse(token).position();
    }

    private Response sync(ClientRequest request) {
        var since = request.query("since").map(SyncToken::parse);
        var filter = database.read(reading -> filter(reading, request));
        var patience = Duration.ofMillis(request.queryNumber("timeout").orElse(0));
        if (patience.compareTo(LONGEST_POLL) > 0) {
            patience = LONGEST_POLL;
        }
        since.ifPresent(
                token -> toDevice.acknowledge(request.user(), request.device(), token.toDevice()));
        var span =
                new Answer.Request(
                        request.requester(),
                        filter,
                        since.orElse(SyncToken.NOTHING),
                        request.queryFlag("full_state", false));
        long deadline = clock.millis() + patience.toMillis();
        while (true) {
            long mark = news.mark();
            var found = database.read(reading -> answer.of(reading, span, database.position()));
            long left = deadline - clock.millis();
            boolean first = since.isEmpty() || span.fullState();
            if (first || !found.isEmpty() || left <= 0) {
                return Response.json(found.json());
            }
            if (!news.awaitNewsSince(mark, request.user(), Duration.ofMillis(left))) {
                return Response.json(found.json());
            }
        }
    }

    private SyncFilter filter(Reading reading, ClientRequest request) {
        var text = request.query("filter").orElse("");
        if (text.isEmpty()) {
            return SyncFilter.EVERYTHING;
        }
        JsonObject json =
                text.startsWith("{")
                        ? JsonReader.readObject(text)
                        : accountData
                                .filter(reading, request.user(), text)
                                .orElseThrow(() -> invalidParam("filter: there is no such one"));
        return SyncFilter.parse(json);
    }
}
