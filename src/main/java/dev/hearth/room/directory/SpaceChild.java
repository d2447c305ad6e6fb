package dev.hearth.room.directory;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.ClientEvents;
import dev.hearth.room.StoredEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a space says of a room in it.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mspacechild m.space.child
record SpaceChild(RoomId room, StoredEvent event) {

    private static final int LONGEST_ORDER = 50;

    /// SP-1: what has an order comes first, then what was added first.
    ///
    /// @spec https://spec.matrix.org/v1.19/client-server-api/#ordering-of-children-within-a-space
    ///   Ordering of children within a space
    private static final Comparator<SpaceChild> ORDER =
            Comparator.comparing((SpaceChild child) -> child.order().isEmpty())
                    .thenComparing(child -> child.order().orElse(""))
                    .thenComparingLong(child -> child.event().pdu().originServerTs())
                    .thenComparing(child -> child.room().value());

    /// The children that some events of a space name, in their order.
    static List<SpaceChild> of(List<StoredEvent> events, boolean suggestedOnly) {
        return events.stream()
                .flatMap(event -> of(event).stream())
                .filter(child -> !suggestedOnly || child.content().isTrue("suggested"))
                .sorted(ORDER)
                .toList();
    }

    /// Without servers that know it, it is no child.
    private static Optional<SpaceChild> of(StoredEvent event) {
        boolean hasWay =
                event.shown()
                        .content()
                        .peekArray("via")
                        .filter(servers -> !servers.isEmpty())
                        .isPresent();
        return event.pdu()
                .stateTuple()
                .filter(_ -> hasWay)
                .map(StateTuple::stateKey)
                .flatMap(RoomId::find)
                .map(room -> new SpaceChild(room, event));
    }

    private JsonObject content() {
        return event.shown().content();
    }

    /// Printable ASCII, so that comparing texts compares code points.
    private Optional<String> order() {
        return content()
                .peekString("order")
                .filter(text -> text.length() <= LONGEST_ORDER)
                .filter(text -> text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E));
    }

    static JsonArray json(List<SpaceChild> children) {
        return JsonArray.from(
                children.stream()
                        .map(child ->
                                ClientEvents.stripped(child.event())
                                        .with(
                                                "origin_server_ts",
                                                child.event().pdu().originServerTs()))
                        .toList());
    }
}
