package dev.hearth.sync;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.accountdata.AccountData;
import dev.hearth.accountdata.FilterCheck;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonSyntaxException;
import dev.hearth.keys.Keys;
import dev.hearth.notification.Notifications;
import dev.hearth.presence.Presence;
import dev.hearth.presence.PresenceState;
import dev.hearth.receipt.Receipts;
import dev.hearth.room.Rooms;
import dev.hearth.sticky.StickyEvents;
import dev.hearth.storage.Database;
import dev.hearth.subscription.Subscriptions;
import dev.hearth.sync.SyncRequest.StateBlock;
import dev.hearth.todevice.ToDevice;
import dev.hearth.typing.Typing;
import java.time.Clock;
import java.time.Duration;

/// `GET /sync`: all that is new for a device since its token, or the wait for it.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#syncing Syncing
public final class Sync {

    private final Database database;
    private final LongPoll<UserId> waiting;
    private final AccountData accountData;
    private final ToDevice toDevice;
    private final Presence presence;
    private final Answer answer;
    private final Polls polls;

    /// The features that a sync tells of.
    public record Features(
            Rooms rooms,
            AccountData accountData,
            ToDevice toDevice,
            Keys keys,
            Typing typing,
            Receipts receipts,
            Notifications notifications,
            StickyEvents stickyEvents,
            Presence presence,
            Subscriptions subscriptions) {}

    public Sync(Database database, NewsBoard<UserId> news, Features features, Clock clock) {
        this.database = database;
        this.waiting = new LongPoll<>(news, clock);
        this.accountData = features.accountData();
        this.toDevice = features.toDevice();
        this.presence = features.presence();
        this.answer = new Answer(features);
        this.polls = new Polls(news::publish);
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
        var asked = read(request);
        var wanted = presence(request);
        var patience = Duration.ofMillis(request.queryNumber("timeout").orElse(0));
        if (asked.isInitial() || asked.fullState()) {
            patience = Duration.ZERO;
        }
        toDevice.acknowledge(request.user(), request.device(), asked.since().toDevice());
        try (var poll = polls.begin(request.user(), request.device());
                var _ = presence.begin(request.user(), request.device(), wanted)) {
            var answered =
                    waiting.until(
                            asked.user(),
                            patience,
                            () -> answer(asked),
                            found -> !found.isEmpty() || !poll.isNewest());
            return Response.json(answered.json());
        }
    }

    private Answer.Found answer(SyncRequest asked) {
        return database.read(reading -> answer.of(reading, asked, database.position()));
    }

    private SyncRequest read(ClientRequest request) {
        return new SyncRequest(
                request.requester(),
                filter(request),
                request.query("since").map(this::since).orElse(SyncToken.NOTHING),
                request.queryFlag("full_state", false),
                stateBlock(request));
    }

    private static PresenceState presence(ClientRequest request) {
        return PresenceState.find(request.query("set_presence").orElse("online"))
                .orElseThrow(() ->
                        invalidParam("set_presence: expected online, unavailable or offline"));
    }

    /// A token from a future that was lost, because an older copy of the data was put back, starts
    /// the client anew.
    private SyncToken since(String text) {
        var token = SyncToken.parse(text);
        return token.position() > database.position() ? SyncToken.NOTHING : token;
    }

    private static StateBlock stateBlock(ClientRequest request) {
        if (request.queryFlag("use_state_after", false)) {
            return StateBlock.AFTER;
        }
        return request.queryFlag("org.matrix.msc4222.use_state_after", false)
                ? StateBlock.AFTER_UNSTABLE
                : StateBlock.BEFORE;
    }

    private SyncFilter filter(ClientRequest request) {
        var text = request.query("filter").orElse("");
        if (text.isEmpty()) {
            return SyncFilter.EVERYTHING;
        }
        JsonObject json = text.startsWith("{") ? inline(text) : stored(request, text);
        FilterCheck.check(json);
        return SyncFilter.parse(json);
    }

    private static JsonObject inline(String text) {
        try {
            return JsonReader.readObject(text);
        } catch (JsonSyntaxException e) {
            throw invalidParam("filter: " + e.getMessage());
        }
    }

    private JsonObject stored(ClientRequest request, String id) {
        return database.read(reading -> accountData.filter(reading, request.user(), id))
                .orElseThrow(() -> invalidParam("filter: there is no filter " + id));
    }
}
