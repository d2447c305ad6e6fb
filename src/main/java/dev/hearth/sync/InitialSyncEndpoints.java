package dev.hearth.sync;

import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.accountdata.AccountDatum;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Requester;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.presence.PresenceState;
import dev.hearth.room.EventFilter;
import dev.hearth.room.HistoryWalk;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.RoomToken;
import dev.hearth.room.RoomView;
import dev.hearth.room.Rooms;
import dev.hearth.room.directory.Directory;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that is current, as clients asked for it before there was `/sync` (SYNC-26); and what is
/// current of one room, which is how a room that the world may read is first looked at from outside
/// (READ-8).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidinitialsync
///   Snapshot of a room
final class InitialSyncEndpoints {

    private static final int USUAL_LIMIT = 10;
    private static final int MAX_LIMIT = 100;

    private final Database database;
    private final Sync.Features features;
    private final Rooms rooms;
    private final Directory directory;
    private final OldSections sections;

    InitialSyncEndpoints(Database database, Sync.Features features, Directory directory) {
        this.database = database;
        this.features = features;
        this.rooms = features.rooms();
        this.directory = directory;
        this.sections = new OldSections(features);
    }

    void declare(Routes routes) {
        routes.client().get("/_matrix/client/v3/initialSync", this::all);
        routes.guest().get("/_matrix/client/v3/rooms/{roomId}/initialSync", this::one);
    }

    private Response one(ClientRequest request) {
        long now = database.position();
        return database.read(reading -> {
            var view =
                    rooms.view(reading, request.user(), request.roomId())
                            .orElseThrow(() -> forbidden("You are not in this room"));
            var look = new Look(reading, request.requester(), limit(request), now);
            return Response.json(look.alone(view));
        });
    }

    private static int limit(ClientRequest request) {
        return Math.min(request.queryNumber("limit").orElse(USUAL_LIMIT), MAX_LIMIT);
    }

    private Response all(ClientRequest request) {
        // A client that begins is there, as with a sync.
        try (var _ =
                features.presence().begin(request.user(), request.device(), PresenceState.ONLINE)) {
            return Response.json(everything(request));
        }
    }

    private JsonObject everything(ClientRequest request) {
        boolean archived = request.queryFlag("archived", false);
        long now = database.position();
        return database.read(reading -> {
            var look = new Look(reading, request.requester(), limit(request), now);
            var memberships = rooms.memberships(reading, request.user());
            var told = new ArrayList<JsonObject>();
            for (var membership : memberships) {
                look.room(membership, archived).ifPresent(told::add);
            }
            var receipts =
                    memberships.stream()
                            .filter(RoomMembership::isJoined)
                            .flatMap(membership -> look.beside.receipts(membership).stream())
                            .toList();
            return JsonObject.of(
                    "end", new SyncToken(now, now).toString(),
                    "presence", JsonArray.from(look.beside.presence()),
                    "receipts", JsonArray.from(receipts),
                    "account_data", JsonArray.from(look.beside.globalData()),
                    "rooms", JsonArray.from(told));
        });
    }

    private static JsonArray events(List<AccountDatum> data) {
        return JsonArray.from(data.stream().map(AccountDatum::event).toList());
    }

    /// One look at what is current.
    private final class Look {
        private final Reading reading;
        private final Requester requester;
        private final int limit;
        private final long now;
        private final OldSections.Look beside;
        private final Map<RoomId, List<AccountDatum>> accountData;

        Look(Reading reading, Requester requester, int limit, long now) {
            this.reading = reading;
            this.requester = requester;
            this.limit = limit;
            this.now = now;
            this.beside = sections.now(reading, requester, now);
            this.accountData = features.accountData().roomsSince(reading, user(), 0, now);
        }

        private UserId user() {
            return requester.user();
        }

        Optional<JsonObject> room(RoomMembership membership, boolean archived) {
            return switch (membership.membership()) {
                case JOIN -> view(membership);
                case INVITE -> invite(membership);
                case LEAVE, BAN ->
                        archived && !membership.forgotten() ? view(membership) : Optional.empty();
                case KNOCK -> Optional.empty();
            };
        }

        private Optional<JsonObject> view(RoomMembership membership) {
            return rooms.view(reading, user(), membership.roomId())
                    .map(view -> snapshot(view).build());
        }

        /// SYNC-15, INV-2: not those that the user doesn't want.
        private Optional<JsonObject> invite(RoomMembership membership) {
            var tuple = new StateTuple(EventType.MEMBER, user().value());
            return rooms.currentState(reading, membership.room(), tuple)
                    .filter(event ->
                            features.accountData()
                                    .showsInvitesOf(reading, user(), event.pdu().sender()))
                    .map(event ->
                            JsonObject.of(
                                    "room_id", membership.roomId(),
                                    "membership", "invite",
                                    "inviter", event.pdu().sender(),
                                    "invite",
                                            OldForm.event(
                                                    rooms.clientEvents()
                                                            .full(reading, event, requester))));
        }

        /// One room, with what is told beside all rooms where there are several. Who has left or is
        /// outside isn't told who is there, nor who has read.
        JsonObject alone(RoomView view) {
            var membership = view.membership();
            boolean isIn = membership.isJoined();
            var present = isIn ? beside.presence(membership) : List.of();
            var receipts = isIn ? beside.receipts(membership) : List.of();
            return snapshot(view)
                    .put("presence", JsonArray.from(present))
                    .put("receipts", JsonArray.from(receipts))
                    .build();
        }

        private JsonObjectBuilder snapshot(RoomView view) {
            var membership = view.membership();
            boolean isStranger = membership.position() == 0;
            var state =
                    rooms.stateAt(reading, view.room(), Math.min(now, view.upTo())).stream()
                            .map(event -> rooms.clientEvents().fullState(reading, event, requester))
                            .map(OldForm::event)
                            .toList();
            var data = accountData.getOrDefault(membership.roomId(), List.of());
            return JsonObject.builder()
                    .put("room_id", membership.roomId())
                    .putIfPresent(
                            "membership",
                            isStranger
                                    ? Optional.empty()
                                    : Optional.of(membership.membership().wireName()))
                    .put("messages", messages(view))
                    .put("state", JsonArray.from(state))
                    .put(
                            "visibility",
                            directory.isPublished(reading, view.room()) ? "public" : "private")
                    .put("account_data", events(data));
        }

        private JsonObject messages(RoomView view) {
            long end = Math.min(now, view.historyUpTo());
            var walk = new HistoryWalk(rooms, reading, view, user(), EventFilter.EVERYTHING);
            var page = walk.backwards(end, 0, limit);
            var chunk =
                    page.events().reversed().stream()
                            .filter(seen -> !seen.event().isSilencedBy(beside.ignored()))
                            .map(seen -> rooms.clientEvents().full(reading, seen, requester))
                            .map(OldForm::event)
                            .toList();
            return JsonObject.of(
                    "start", RoomToken.of(limit == 0 ? end : page.reached()),
                    "end", RoomToken.of(end),
                    "chunk", JsonArray.from(chunk));
        }
    }
}
