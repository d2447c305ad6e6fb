package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.authorization.Membership;
import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.event.CreateContent;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Replaces a room by one of another version (ROOM-13), in one transaction: the new room, what
/// becomes of the old one, and where its names lead.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-upgrades Room upgrades
final class RoomUpgrade {

    private static final System.Logger LOG = System.getLogger(RoomUpgrade.class.getName());

    /// All of it holds the database's one writer: bans beyond these stay behind.
    private static final int MAX_BANS = 1_000;

    private final Rooms rooms;
    private final UserId user;
    private final RoomId oldId;
    private final JsonObject request;
    private final String wanted;

    private RoomUpgrade(Rooms rooms, ClientRequest request) {
        this.rooms = rooms;
        this.user = request.user();
        this.oldId = request.roomId();
        this.request = request.body();
        this.wanted = this.request.string("new_version");
    }

    /// The ID of the room that takes the place of the one in the request's path.
    static RoomId upgrade(Rooms rooms, ClientRequest request) {
        var upgrade = new RoomUpgrade(rooms, request);
        if (rooms.database()
                .read(reading -> rooms.store().find(reading, upgrade.oldId))
                .isEmpty()) {
            throw notFound("There is no room " + upgrade.oldId);
        }
        return rooms.live().alone(upgrade.oldId, upgrade::upgradeAlone);
    }

    /// What is to be done, by what the old room is now.
    ///
    /// @param tombstone of the old room
    /// @param create of the new one
    /// @param banned their users and contents
    private record Plan(
            PackedEvent tombstone,
            PackedEvent create,
            UpgradedLevels levels,
            List<TransferredState.Piece> state,
            List<Draft> banned) {

        Set<String> types() {
            var types = new HashSet<>(Set.of(EventType.POWER_LEVELS, EventType.CANONICAL_ALIAS));
            state.forEach(piece -> types.add(piece.type()));
            return types;
        }

        Set<UserId> bannedUsers() {
            return banned.stream()
                    .map(ban -> UserId.parse(ban.stateKey().orElseThrow()))
                    .collect(Collectors.toSet());
        }
    }

    private RoomId upgradeAlone() {
        var old = rooms.live().get(oldId);
        var plan = rooms.database().read(reading -> plan(reading, old));
        // Nobody else knows the new room, so nobody who is alone in it waits for the old one.
        return rooms.live()
                .alone(
                        plan.create().pdu().roomId(),
                        () -> {
                            var made = rooms.live().write(old, (tx, _) -> replace(tx, old, plan));
                            rooms.live().add(made);
                            return made.roomId();
                        });
    }

    private Plan plan(Reading reading, LiveRoom old) {
        requirePower(reading, old);
        var version = version();
        var creators = creators(version);
        var levels =
                UpgradedLevels.of(
                        old.find(reading, new StateTuple(EventType.POWER_LEVELS, ""))
                                .map(Pdu::content),
                        old.version(),
                        old.powerLevels(reading).user(user),
                        version,
                        creators);
        var state = new TransferredState(rooms, reading, old).of(version);
        if (version.has(Tweak.ROOM_ID_IS_CREATE_HASH)) {
            // The first event can't name the last one of the old room, which names its hash.
            var create = create(reading, old, version, Optional.empty());
            var tombstone = tombstone(reading, old, create.pdu().roomId());
            return new Plan(tombstone, create, levels, state, bans(reading, old));
        }
        var id = RoomId.parse("!" + rooms.builder().opaque() + ":" + rooms.server());
        var tombstone = tombstone(reading, old, id);
        var last = new Replacement(id, tombstone.pdu().eventId());
        var create = create(reading, old, version, Optional.of(last));
        return new Plan(tombstone, create, levels, state, bans(reading, old));
    }

    private void requirePower(Reading reading, LiveRoom old) {
        if (!old.facts(reading).maySet(user, EventType.TOMBSTONE)) {
            throw forbidden("You may not upgrade this room");
        }
    }

    private RoomVersion version() {
        return RoomVersion.find(wanted)
                .orElseThrow(() ->
                        error(
                                ErrorCode.M_UNSUPPORTED_ROOM_VERSION,
                                "There is no room version " + wanted));
    }

    /// The upgrader, and whom they name beside them where there can be several.
    private List<UserId> creators(RoomVersion version) {
        var named =
                version.has(Tweak.PRIVILEGED_CREATORS)
                        ? request.findArray("additional_creators").orElse(JsonArray.EMPTY)
                        : JsonArray.EMPTY;
        return Stream.concat(Stream.of(user), named.strings().stream().map(UserId::parse))
                .distinct()
                .toList();
    }

    /// An ID that was chosen for the new room, and the last event of the old one.
    private record Replacement(RoomId id, EventId last) {}

    private PackedEvent create(
            Reading reading, LiveRoom old, RoomVersion version, Optional<Replacement> chosen) {
        var before = old.create(reading);
        var predecessor =
                JsonObject.builder()
                        .put("room_id", oldId)
                        .putIfPresent("event_id", chosen.map(Replacement::last));
        var content =
                JsonObject.builder()
                        .put("room_version", version.id())
                        .put("predecessor", predecessor.build())
                        .putIfPresent("type", new CreateContent(before).type());
        if (!new CreateContent(before).isFederated()) {
            content.put("m.federate", false);
        }
        if (!version.has(Tweak.CREATOR_IS_SENDER)) {
            content.put("creator", user);
        }
        var others = creators(version).stream().skip(1).toList();
        if (!others.isEmpty()) {
            content.put("additional_creators", JsonArray.from(others));
        }
        var draft = Draft.state(user, EventType.CREATE, "", content.build());
        return rooms.builder()
                .create(draft, chosen.map(replacement -> replacement.id().value()), version);
    }

    private PackedEvent tombstone(Reading reading, LiveRoom old, RoomId replacement) {
        var content =
                JsonObject.of(
                        "body", "This room has been replaced", "replacement_room", replacement);
        return rooms.builder()
                .next(Draft.state(user, EventType.TOMBSTONE, "", content), old, reading);
    }

    private List<Draft> bans(Reading reading, LiveRoom old) {
        var banned = rooms.tables().memberships().members(reading, old.number(), Membership.BAN);
        if (banned.size() > MAX_BANS) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} is upgraded with {1} of its {2} bans",
                    oldId,
                    MAX_BANS,
                    banned.size());
        }
        return banned.stream().limit(MAX_BANS).map(target -> ban(reading, old, target)).toList();
    }

    private Draft ban(Reading reading, LiveRoom old, UserId target) {
        var tuple = new StateTuple(EventType.MEMBER, target.value());
        var reason =
                rooms.currentState(reading, old.number(), tuple)
                        .flatMap(event -> event.shown().content().peekString("reason"));
        var ban = JsonObject.of("membership", Membership.BAN.wireName());
        return Draft.member(user, target, WrittenMember.because(reason, ban));
    }

    private LiveRoom replace(Transaction tx, LiveRoom old, Plan plan) {
        var made = NewRoom.begin(rooms, tx, plan.create());
        var first = plan.levels().first(plan.types(), plan.bannedUsers());
        append(tx, made, EventType.POWER_LEVELS, "", first);
        for (var piece : plan.state()) {
            append(tx, made, piece.type(), piece.stateKey(), piece.content());
        }
        plan.banned().forEach(ban -> append(tx, made, ban));
        rooms.persist(tx, old, plan.tombstone(), Optional.empty());
        moveNames(tx, old, made);
        if (!first.equals(plan.levels().content())) {
            append(tx, made, EventType.POWER_LEVELS, "", plan.levels().content());
        }
        silence(tx, old);
        return made;
    }

    private void append(
            Transaction tx, LiveRoom room, String type, String stateKey, JsonObject content) {
        append(tx, room, Draft.state(user, type, stateKey, content));
    }

    /// What the rules of the new room, or the power in the old one, don't allow is left out.
    private void append(Transaction tx, LiveRoom room, Draft draft) {
        try {
            rooms.append(tx, room, draft, Optional.empty());
        } catch (MatrixException.Standard e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "The upgrade of {0} leaves out {1}: {2}",
                    oldId,
                    draft.type(),
                    e.getMessage());
        }
    }

    private void moveNames(Transaction tx, LiveRoom old, LiveRoom made) {
        var store = rooms.store();
        var names = new HashSet<>(store.aliases(tx, oldId));
        store.moveAliases(tx, oldId, made.roomId());
        rooms.neighbors().publication().replace(tx, old.stored(), made.stored());
        var canonical =
                old.find(tx, new StateTuple(EventType.CANONICAL_ALIAS, "")).map(Pdu::content);
        canonical.ifPresent(content -> {
            var aliases = new CanonicalAliases(content);
            appendIfOther(tx, made, JsonObject.EMPTY, aliases.only(names::contains));
            appendIfOther(tx, old, content, aliases.only(name -> !names.contains(name)));
        });
    }

    private void appendIfOther(
            Transaction tx, LiveRoom room, JsonObject before, JsonObject content) {
        if (!content.equals(before)) {
            append(tx, room, EventType.CANONICAL_ALIAS, "", content);
        }
    }

    /// The old room is for reading: nobody but moderators says anything or invites there.
    private void silence(Transaction tx, LiveRoom old) {
        var levels = old.powerLevels(tx);
        long limit = Math.max(50, levels.usersDefault() + 1);
        old.find(tx, new StateTuple(EventType.POWER_LEVELS, ""))
                .map(Pdu::content)
                .map(content ->
                        content.with("events_default", Math.max(levels.eventsDefault(), limit))
                                .with("invite", Math.max(levels.toInvite(), limit)))
                .ifPresent(content -> append(tx, old, EventType.POWER_LEVELS, "", content));
    }
}
