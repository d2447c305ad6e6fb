package dev.hearth.room;

import static dev.hearth.error.MatrixException.badJson;
import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.authorization.Membership;
import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Requester;
import dev.hearth.identifier.RoomAlias;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.storage.Transaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Makes a room, all of it in one transaction: either it is there with everything that was asked
/// for, or nothing is.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#creation Creation
final class RoomCreation {

    private static final String ROOM_VERSION = "room_version";

    private final Rooms rooms;
    private final Requester requester;
    private final UserId creator;
    private final JsonObject request;
    private final RoomVersion version;
    private final String visibility;
    private final String preset;
    private final List<UserId> invitees;

    private RoomCreation(Rooms rooms, Requester requester, JsonObject request) {
        this.rooms = rooms;
        this.requester = requester;
        this.creator = requester.user();
        this.request = request;
        this.version = version(rooms, request);
        this.visibility = request.findString("visibility").orElse("private");
        this.preset =
                request.findString("preset")
                        .orElseGet(
                                () -> visibility.equals("public") ? "public_chat" : "private_chat");
        this.invitees =
                request.findArray("invite").orElse(JsonArray.EMPTY).strings().stream()
                        .map(UserId::parse)
                        .distinct()
                        .toList();
        request.findArray("invite_3pid")
                .ifPresent(invites -> invites.objects().forEach(ThirdPartyInvites::refuse));
    }

    static RoomId create(Rooms rooms, ClientRequest request) {
        return create(rooms, request.requester(), request.body());
    }

    static RoomId create(Rooms rooms, Requester creator, JsonObject request) {
        return new RoomCreation(rooms, creator, request).create();
    }

    private static RoomVersion version(Rooms rooms, JsonObject request) {
        return request.findString(ROOM_VERSION)
                .map(id ->
                        RoomVersion.find(id)
                                .orElseThrow(() ->
                                        error(
                                                ErrorCode.M_UNSUPPORTED_ROOM_VERSION,
                                                "There is no room version " + id)))
                .orElse(rooms.defaultVersion());
    }

    private RoomId create() {
        if (!List.of("private_chat", "trusted_private_chat", "public_chat").contains(preset)) {
            throw invalidParam("preset: there is no preset " + preset);
        }
        if (!List.of("public", "private").contains(visibility)) {
            throw invalidParam("visibility: expected public or private");
        }
        var alias = request.findString("room_alias_name").map(this::alias);
        var create = rooms.builder().create(createDraft(), chosenRoomId(), version);
        return rooms.live()
                .alone(
                        create.pdu().roomId(),
                        () -> {
                            var made =
                                    rooms.database().transact(tx -> persistAll(tx, create, alias));
                            rooms.live().add(made);
                            return made.roomId();
                        });
    }

    private RoomAlias alias(String localpart) {
        if (localpart.isEmpty() || localpart.indexOf(':') >= 0) {
            throw invalidParam("room_alias_name: expected the part before the colon only");
        }
        return RoomAlias.of(localpart, rooms.server());
    }

    private Optional<String> chosenRoomId() {
        return version.has(Tweak.ROOM_ID_IS_CREATE_HASH)
                ? Optional.empty()
                : Optional.of("!" + rooms.builder().opaque() + ":" + rooms.server());
    }

    private Draft createDraft() {
        var content =
                request.findObject("creation_content")
                        .orElse(JsonObject.EMPTY)
                        .without("creator")
                        .with("room_version", version.id());
        content.presentBoolean("m.federate");
        content.presentString("type");
        if (!version.has(Tweak.CREATOR_IS_SENDER)) {
            content = content.with("creator", creator);
        }
        if (version.has(Tweak.PRIVILEGED_CREATORS)) {
            content = withCreators(content);
        }
        return Draft.state(creator, EventType.CREATE, "", content);
    }

    /// Trusted friends become creators too, where creators are privileged.
    private JsonObject withCreators(JsonObject content) {
        var creators = new LinkedHashSet<String>();
        content.presentArray("additional_creators")
                .ifPresent(array ->
                        array.strings().forEach(text -> creators.add(UserId.parse(text).value())));
        if (preset.equals("trusted_private_chat")) {
            invitees.forEach(user -> creators.add(user.value()));
        }
        return creators.isEmpty()
                ? content
                : content.with("additional_creators", JsonArray.from(creators));
    }

    private LiveRoom persistAll(Transaction tx, PackedEvent create, Optional<RoomAlias> alias) {
        var live = NewRoom.begin(rooms, tx, create);
        append(tx, live, Draft.state(creator, EventType.POWER_LEVELS, "", powerLevels()));
        alias.ifPresent(name -> claim(tx, live, name));
        for (var piece : new InitialState(request, preset).events()) {
            var draft = Draft.state(creator, piece.type(), piece.stateKey(), piece.content());
            append(tx, live, draft);
        }
        boolean direct = request.findBoolean("is_direct").orElse(false);
        for (var user : invitees) {
            var content = WrittenMember.of(rooms.profile(), tx, Membership.INVITE, user);
            append(
                    tx,
                    live,
                    Draft.member(
                            creator, user, direct ? content.with("is_direct", true) : content));
        }
        if (visibility.equals("public")) {
            rooms.neighbors().publication().publish(tx, live.stored(), requester);
        }
        return live;
    }

    private void claim(Transaction tx, LiveRoom live, RoomAlias alias) {
        if (rooms.store().findAlias(tx, alias).isPresent()) {
            throw error(ErrorCode.M_ROOM_IN_USE, "The alias " + alias + " is taken");
        }
        rooms.store().insertAlias(tx, alias, live.roomId(), creator);
        append(
                tx,
                live,
                Draft.state(creator, EventType.CANONICAL_ALIAS, "", JsonObject.of("alias", alias)));
    }

    /// ROOM-1: what the rules refuse of all this is the request's fault.
    private void append(Transaction tx, LiveRoom live, Draft draft) {
        var tuple = new StateTuple(draft.type(), draft.stateKey().orElseThrow());
        try {
            new StateContentCheck(rooms, tx, live).check(draft, live.find(tx, tuple));
            rooms.append(tx, live, draft, Optional.empty());
        } catch (MatrixException.Standard e) {
            if (e.code() == ErrorCode.M_FORBIDDEN) {
                throw error(
                        ErrorCode.M_INVALID_ROOM_STATE,
                        "The room can't begin like this: " + e.getMessage());
            }
            throw e;
        }
    }

    /// ROOM-16: the first power levels spell everything out.
    private JsonObject powerLevels() {
        boolean privileged = version.has(Tweak.PRIVILEGED_CREATORS);
        var users = JsonObject.builder();
        if (!privileged) {
            users.put(creator.value(), 100);
            if (preset.equals("trusted_private_chat")) {
                invitees.forEach(user -> users.put(user.value(), 100));
            }
        }
        var levels =
                JsonObject.of(
                        "users", users.build(),
                        "users_default", 0,
                        "events",
                                JsonObject.of(
                                        EventType.NAME, 50,
                                        EventType.POWER_LEVELS, 100,
                                        EventType.HISTORY_VISIBILITY, 100,
                                        EventType.CANONICAL_ALIAS, 50,
                                        EventType.AVATAR, 50,
                                        EventType.TOMBSTONE, privileged ? 150 : 100,
                                        EventType.SERVER_ACL, 100,
                                        EventType.ENCRYPTION, 100),
                        "events_default", 0,
                        "state_default", 50,
                        "ban", 50,
                        "kick", 50,
                        "redact", 50,
                        "invite", 0,
                        "historical", 100);
        return JsonObject.builder().putAll(levels).putAll(overriding(privileged)).build();
    }

    private JsonObject overriding(boolean privileged) {
        var overriding =
                request.findObject("power_level_content_override").orElse(JsonObject.EMPTY);
        if (privileged
                && overriding
                        .peekObject("users")
                        .filter(named -> named.has(creator.value()))
                        .isPresent()) {
            throw badJson("power_level_content_override: a creator's power can't be set");
        }
        return overriding;
    }
}
