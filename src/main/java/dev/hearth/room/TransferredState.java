package dev.hearth.room;

import dev.hearth.event.CreateContent;
import dev.hearth.event.EventType;
import dev.hearth.event.JoinRule;
import dev.hearth.event.StateTuple;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The state that a room leaves to the one that takes its place: what stays true whoever says it.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-16 Room upgrades
record TransferredState(Rooms rooms, Reading reading, LiveRoom room) {

    /// Children of a space beyond these stay with the old one.
    private static final int MAX_CHILDREN = 1_000;

    private static final List<String> TYPES =
            List.of(
                    EventType.JOIN_RULES,
                    EventType.HISTORY_VISIBILITY,
                    EventType.GUEST_ACCESS,
                    EventType.SERVER_ACL,
                    EventType.ENCRYPTION,
                    EventType.NAME,
                    EventType.TOPIC,
                    EventType.AVATAR);

    /// One piece of it.
    record Piece(String type, String stateKey, JsonObject content) {}

    List<Piece> of(RoomVersion version) {
        var pieces = new ArrayList<Piece>();
        for (var type : TYPES) {
            room.find(reading, new StateTuple(type, ""))
                    .map(event -> new Piece(type, "", event.content()))
                    .map(piece -> understood(piece, version))
                    .or(() -> unsaid(type))
                    .ifPresent(pieces::add);
        }
        if (new CreateContent(room.create(reading))
                .type()
                .filter(CreateContent.SPACE::equals)
                .isPresent()) {
            pieces.addAll(children());
        }
        return pieces;
    }

    /// Where nothing is said of guests they may not come in. The new room says so, for clients that
    /// look for it there.
    private static Optional<Piece> unsaid(String type) {
        return type.equals(EventType.GUEST_ACCESS)
                ? Optional.of(new Piece(type, "", JsonObject.of("guest_access", "forbidden")))
                : Optional.empty();
    }

    /// A join rule that the new version doesn't know would let nobody in.
    private static Piece understood(Piece piece, RoomVersion version) {
        if (!piece.type().equals(EventType.JOIN_RULES)) {
            return piece;
        }
        var rule = new JoinRule(piece.content().peekString("join_rule").orElse(""), version);
        return rule.isTooNew()
                ? new Piece(piece.type(), "", JsonObject.of("join_rule", "invite"))
                : piece;
    }

    /// A child that was taken away is still there, without content.
    private List<Piece> children() {
        return rooms
                .states()
                .currentAt(reading, room.number(), Long.MAX_VALUE, EventType.SPACE_CHILD::equals)
                .stream()
                .map(StoredEvent::shown)
                .filter(event -> !event.content().isEmpty())
                .limit(MAX_CHILDREN)
                .map(event ->
                        new Piece(
                                EventType.SPACE_CHILD,
                                event.stateKey().orElseThrow(),
                                event.content()))
                .toList();
    }
}
