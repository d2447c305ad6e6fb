package dev.hearth.room;

import dev.hearth.storage.Reading;
import java.util.List;

/// Learns the relations of events that were there before relations were kept, some at a time.
public final class RelationBacklog {

    private static final int TOGETHER = 500;
    private static final int BATCHES = 20;

    private final Rooms rooms;
    private final Relations relations;
    private final RelationStore store;

    public RelationBacklog(Rooms rooms) {
        this.rooms = rooms;
        this.relations = new Relations(rooms.tables());
        this.store = rooms.tables().relations();
    }

    /// A part of what is left, as long as something is; meant for every minute.
    public void goOn() {
        for (int i = 0; i < BATCHES; i++) {
            var left = rooms.database().read(store::backlog);
            if (left.isEmpty()) {
                return;
            }
            learn(left.get());
        }
    }

    private void learn(RelationStore.Backlog left) {
        var numbers =
                rooms.database()
                        .read(reading ->
                                store.numbers(reading, left.next(), left.last(), TOGETHER));
        var relating = rooms.database().read(reading -> relating(reading, numbers));
        rooms.database()
                .change(tx -> {
                    for (var event : relating) {
                        if (store.find(tx, event.number()).isEmpty()) {
                            relations.note(tx, rooms.number(tx, event.pdu().roomId()), event);
                        }
                    }
                    if (numbers.isEmpty()) {
                        store.forgetBacklog(tx);
                    } else {
                        store.setBacklog(tx, numbers.getLast());
                    }
                });
    }

    private List<StoredEvent> relating(Reading reading, List<Long> numbers) {
        return rooms.events().all(reading, numbers).stream()
                .filter(event -> event.status() == EventStatus.ACCEPTED)
                .filter(event -> event.redactedBy().isEmpty())
                .filter(event -> Relation.of(event.pdu()).isPresent())
                .toList();
    }
}
