package dev.hearth.sync;

import dev.hearth.accountdata.AccountData;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.ClientEvents;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What a sync tells of a room that the user is invited to, or knocked at: stripped state
/// (SYNC-13).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#stripped-state Stripped state
final class OutsideSection {

    private static final List<String> STRIPPED =
            List.of(
                    EventType.CREATE,
                    EventType.JOIN_RULES,
                    EventType.NAME,
                    EventType.TOPIC,
                    EventType.AVATAR,
                    EventType.CANONICAL_ALIAS,
                    EventType.ENCRYPTION);

    private final Rooms rooms;
    private final AccountData accountData;

    OutsideSection(Sync.Features features) {
        this.rooms = features.rooms();
        this.accountData = features.accountData();
    }

    /// The invite, unless it comes from somebody whom the user ignores, or of whom they want none
    /// (SYNC-15, INV-2).
    Optional<JsonObject> invited(Reading reading, Span span) {
        var own = member(reading, span, span.user().value());
        boolean isShown =
                own.map(invite -> invite.pdu().sender())
                        .map(inviter -> accountData.showsInvitesOf(reading, span.user(), inviter))
                        .orElse(true);
        return isShown
                ? Optional.of(JsonObject.of("invite_state", stripped(reading, span, own)))
                : Optional.empty();
    }

    JsonObject knocked(Reading reading, Span span) {
        var own = member(reading, span, span.user().value());
        return JsonObject.of("knock_state", stripped(reading, span, own));
    }

    private JsonObject stripped(Reading reading, Span span, Optional<StoredEvent> own) {
        var shown = new LinkedHashSet<StoredEvent>();
        for (var type : STRIPPED) {
            rooms.currentState(reading, span.room(), new StateTuple(type, ""))
                    .ifPresent(shown::add);
        }
        own.map(event -> event.pdu().sender().value())
                .flatMap(sender -> member(reading, span, sender))
                .ifPresent(shown::add);
        own.ifPresent(shown::add);
        return JsonObject.of(
                "events", JsonArray.from(shown.stream().map(ClientEvents::stripped).toList()));
    }

    private Optional<StoredEvent> member(Reading reading, Span span, String user) {
        return rooms.currentState(reading, span.room(), new StateTuple(EventType.MEMBER, user));
    }
}
