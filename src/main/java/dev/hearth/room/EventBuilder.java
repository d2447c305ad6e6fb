package dev.hearth.room;

import static dev.hearth.error.MatrixException.badJson;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.tooLarge;

import dev.hearth.authorization.AuthEventSelection;
import dev.hearth.authorization.Authorization;
import dev.hearth.authorization.Verdict;
import dev.hearth.event.EventFormat;
import dev.hearth.event.EventSigner;
import dev.hearth.event.InvalidEventException;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.ServerName;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.signing.UnpaddedBase64;
import dev.hearth.storage.Reading;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Makes an event of a draft: references, depth, hash and signature; and judges it by the current
/// state.
final class EventBuilder {

    private static final int OPAQUE_ID_BYTES = 16;

    private final EventSigner signer;
    private final ServerName server;
    private final Clock clock;
    private final RandomGenerator random;
    private final AtomicLong newestRoom = new AtomicLong();

    EventBuilder(EventSigner signer, ServerName server, Clock clock, RandomGenerator random) {
        this.signer = signer;
        this.server = server;
        this.clock = clock;
        this.random = random;
    }

    /// The first event of a room.
    PackedEvent create(Draft draft, Optional<String> roomId, RoomVersion version) {
        var event =
                fields(draft, version, 1, List.of(), List.of())
                        .with("origin_server_ts", ownMoment());
        return sign(roomId.map(id -> event.with("room_id", id)).orElse(event), version);
    }

    /// Since v12 a room's ID is the hash of its first event: two rooms that begin alike need two
    /// moments to be two.
    private long ownMoment() {
        long now = clock.millis();
        return newestRoom.updateAndGet(newest -> Math.max(newest + 1, now));
    }

    /// The next event of a room, which the rules allow.
    PackedEvent next(Draft draft, LiveRoom room, Reading reading) {
        var made = build(draft, room, reading);
        var verdict =
                Authorization.decide(
                        made.pdu(), room.create(reading), tuple -> room.find(reading, tuple));
        if (verdict instanceof Verdict.Rejected(_, var reason)) {
            throw forbidden(reason);
        }
        return made;
    }

    /// The next event of a room, whose form is right: whether it is allowed is not asked.
    PackedEvent build(Draft draft, LiveRoom room, Reading reading) {
        var version = room.version();
        var grounds = new ArrayList<Pdu>();
        var selection =
                AuthEventSelection.of(
                        draft.type(), draft.stateKey(), draft.sender(), draft.content(), version);
        for (var tuple : selection) {
            room.find(reading, tuple).ifPresent(grounds::add);
        }
        var event =
                fields(
                                draft,
                                version,
                                room.nextDepth(),
                                room.predecessors().stream().map(LiveRoom.Tip::reference).toList(),
                                grounds.stream().map(Pdu::reference).toList())
                        .with("room_id", room.roomId());
        return sign(event, version);
    }

    private JsonObject fields(
            Draft draft,
            RoomVersion version,
            long depth,
            List<JsonValue> prevEvents,
            List<JsonValue> authEvents) {
        var event =
                JsonObject.builder()
                        .put("type", draft.type())
                        .put("sender", draft.sender())
                        .putIfPresent("state_key", draft.stateKey())
                        .put("origin_server_ts", clock.millis())
                        .put("depth", depth)
                        .put("prev_events", JsonArray.from(prevEvents))
                        .put("auth_events", JsonArray.from(authEvents))
                        .putIfPresent(Stickiness.KEY, draft.stickyFor().map(Stickiness::of));
        if (version.has(Tweak.EXPLICIT_EVENT_ID)) {
            event.put("event_id", "$" + opaque() + ":" + server);
        }
        if (draft.redacts().isPresent()) {
            if (version.has(Tweak.REDACTS_IN_CONTENT)) {
                return event.put("content", draft.content().with("redacts", draft.redacts().get()))
                        .build();
            }
            event.put("redacts", draft.redacts().get());
        }
        return event.put("content", draft.content()).build();
    }

    String opaque() {
        return UnpaddedBase64.random(random, OPAQUE_ID_BYTES);
    }

    private PackedEvent sign(JsonObject event, RoomVersion version) {
        var signed = signer.build(event, version);
        try {
            EventFormat.check(signed.pdu().json(), version, signed.length());
        } catch (InvalidEventException.TooLarge e) {
            throw tooLarge("This can't be sent: " + e.getMessage());
        } catch (InvalidEventException e) {
            throw badJson("This can't be sent: " + e.getMessage());
        }
        return PackedEvent.of(signed);
    }
}
