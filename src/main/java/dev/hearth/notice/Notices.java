package dev.hearth.notice;

import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.account.Accounts;
import dev.hearth.accountdata.AccountData;
import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.KeyedLock;
import dev.hearth.configuration.ServerNotices;
import dev.hearth.event.EventType;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.room.ServerVoice;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Database;
import dev.hearth.storage.Transaction;

/// Sends server notices: administrators write, and each user reads in a room of their own, by the
/// endpoint that the reference server has for it.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#server-notices Server notices
public final class Notices {

    private static final String PATH = "/_synapse/admin/v1/send_server_notice";
    private static final String TAG = "m.server_notice";

    private final Database database;
    private final Accounts accounts;
    private final AccountData accountData;
    private final ServerVoice voice;
    private final UserId speaker;
    private final ServerNotices settings;
    private final NoticeStore store = new NoticeStore();
    private final KeyedLock<UserId> users = new KeyedLock<>();

    public Notices(
            Database database,
            Accounts accounts,
            AccountData accountData,
            Rooms rooms,
            ServerNotices settings) {
        this.database = database;
        this.accounts = accounts;
        this.accountData = accountData;
        this.settings = settings;
        this.speaker = accounts.localUser(settings.localpart());
        this.voice = rooms.voice();
        voice.speakAs(speaker);
        rooms.onPersisting(this::noteInvite);
    }

    public void declare(Routes routes) {
        routes.client().post(PATH, this::send).put(PATH + "/{txnId}", this::sendOnce);
    }

    /// The room is written down, and marked for the user's clients, with the invite to it.
    private void noteInvite(Transaction tx, StoredEvent event) {
        var pdu = event.pdu();
        if (pdu.sender().equals(speaker)
                && pdu.type().equals(EventType.MEMBER)
                && Membership.of(pdu) == Membership.INVITE) {
            var user = UserId.parse(pdu.stateKey().orElseThrow());
            store.put(tx, user, pdu.roomId());
            accountData.tag(tx, user, pdu.roomId(), TAG);
        }
    }

    /// @param type of the event that tells it
    private record Notice(UserId user, String type, JsonObject content) {}

    private Response send(ClientRequest request) {
        var notice = notice(request);
        var event = voice.say(room(notice.user()), notice.type(), notice.content());
        return Response.json(JsonObject.of("event_id", event));
    }

    /// What was sent already calls nobody back into the room.
    private Response sendOnce(ClientRequest request) {
        var notice = notice(request);
        var event =
                database.read(reading -> voice.answered(reading, request))
                        .orElseGet(() ->
                                voice.sayOnce(
                                        request,
                                        room(notice.user()),
                                        notice.type(),
                                        notice.content()));
        return Response.json(JsonObject.of("event_id", event));
    }

    private Notice notice(ClientRequest request) {
        request.requester().requireAdministrator();
        var body = request.body();
        var user = UserId.parse(body.string("user_id"));
        var type = body.findString("type").orElse("m.room.message");
        var content = body.object("content");
        accounts.requireLocal(user);
        if (user.equals(speaker) || !database.read(reading -> accounts.remains(reading, user))) {
            throw notFound("There is no user " + user);
        }
        return new Notice(user, type, content);
    }

    /// The user's room, with the user in it or invited to it: the same one ever after.
    private RoomId room(UserId user) {
        try (var _ = users.hold(user)) {
            var known = database.read(reading -> store.find(reading, user));
            known.ifPresent(room -> voice.invite(room, user));
            return known.orElseGet(() -> newRoom(user));
        }
    }

    /// SN-1: users read here, and don't answer.
    private RoomId newRoom(UserId user) {
        database.change(tx -> {
            if (!accounts.exists(tx, speaker)) {
                accounts.createWithoutPassword(tx, speaker, settings.roomName());
            }
        });
        return voice.createRoom(
                JsonObject.of(
                        "preset", "private_chat",
                        "name", settings.roomName(),
                        "creation_content", JsonObject.of("m.federate", false),
                        "power_level_content_override", JsonObject.of("users_default", -10),
                        "invite", JsonArray.of(user)));
    }
}
