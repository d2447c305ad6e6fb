package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.room.RelationStore.Child;
import dev.hearth.room.RelationStore.Listed;
import dev.hearth.room.RelationStore.Tally;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Comparator;
import java.util.Optional;

/// Keeps which events relate to which, in the transactions in which they come and are redacted.
///
/// Beside each relation stands what those of one kind and sender come to, so that nobody counts a
/// thread to tell how long it is. Annotations are not tallied: clients count them (REL-4).
final class Relations {

    private static final String ENCRYPTED = "m.room.encrypted";

    /// After a redaction, through so many is looked for the newest that is left.
    private static final int LOOKED_THROUGH = 500;

    private final RoomTables tables;
    private final RelationStore store;

    Relations(RoomTables tables) {
        this.tables = tables;
        this.store = tables.relations();
    }

    /// Notes what an event relates to that has just become part of its room.
    void note(Transaction tx, long room, StoredEvent event) {
        var pdu = event.pdu();
        var relation = Relation.of(pdu);
        if (relation.isEmpty() || event.redactedBy().isPresent()) {
            return;
        }
        var parent = tables.events().find(tx, relation.get().parent());
        // REL-1: to an event of another room nothing relates.
        if (parent.filter(found -> !found.pdu().roomId().equals(pdu.roomId())).isEmpty()) {
            boolean tallied = isTallied(relation.get(), pdu, parent.map(StoredEvent::shown));
            insert(tx, event, relation.get(), tallied);
            if (tallied && relation.get().is(Relation.THREAD)) {
                list(tx, room, relation.get());
            }
        }
    }

    private void insert(Transaction tx, StoredEvent event, Relation relation, boolean tallied) {
        var child =
                new Child(
                        event.number(),
                        EventStore.hash(relation.parent().value()),
                        tables.words().intern(tx, relation.type()),
                        tables.words().intern(tx, event.pdu().sender().value()),
                        event.position(),
                        tallied);
        store.insert(tx, child, detail(event.pdu().type(), relation));
        if (tallied) {
            long rank = rank(relation, event);
            var before =
                    store.tally(tx, child)
                            .map(tally -> with(tx, tally, event, rank))
                            .orElseGet(() -> first(child, rank));
            store.put(tx, before);
        }
    }

    private static Tally first(Child child, long rank) {
        return new Tally(child.parent(), child.kind(), child.sender(), 1, child.number(), rank);
    }

    private Tally with(Reading reading, Tally before, StoredEvent event, long rank) {
        boolean leads =
                rank > before.rank()
                        || rank == before.rank() && isOfLargerId(reading, event, before);
        var after = before.counting(before.children() + 1);
        return leads ? after.led(event.number(), rank) : after;
    }

    /// Of two edits of one moment the one with the larger ID counts (REL-5).
    private boolean isOfLargerId(Reading reading, StoredEvent event, Tally before) {
        return tables.events()
                .at(reading, before.latest())
                .filter(latest -> id(latest).compareTo(id(event)) < 0)
                .isPresent();
    }

    private static String id(StoredEvent event) {
        return event.pdu().eventId().value();
    }

    private static long rank(Relation relation, StoredEvent event) {
        return relation.is(Relation.REPLACE) ? event.pdu().originServerTs() : event.position();
    }

    /// The hash of what an annotation says, by which its like is found (SEND-6).
    static long detail(String type, Relation relation) {
        return relation.is(Relation.ANNOTATION)
                ? EventStore.hash(type + "\n" + relation.key().orElse(""))
                : 0;
    }

    private static boolean isTallied(Relation relation, Pdu child, Optional<Pdu> parent) {
        return switch (relation.type()) {
            case Relation.REFERENCE -> true;
            case Relation.THREAD -> parent.flatMap(Relation::of).isEmpty();
            case Relation.REPLACE ->
                    isEdit(child) && parent.map(it -> isOf(it, child)).orElse(true);
            default -> false;
        };
    }

    /// Whether an event is an edit of another that counts (REL-5). What is encrypted can't be
    /// looked into.
    static boolean isEditOf(Pdu original, Pdu edit) {
        return isEdit(edit) && isOf(original, edit);
    }

    private static boolean isEdit(Pdu edit) {
        return !edit.isState()
                && (edit.type().equals(ENCRYPTED)
                        || edit.content().peekObject("m.new_content").isPresent());
    }

    private static boolean isOf(Pdu original, Pdu edit) {
        return !original.isState()
                && original.sender().equals(edit.sender())
                && original.type().equals(edit.type())
                && Relation.of(original).filter(own -> own.is(Relation.REPLACE)).isEmpty();
    }

    /// REL-3: what was redacted relates to nothing any more.
    void dissolve(Transaction tx, long room, StoredEvent event) {
        var child = store.find(tx, event.number());
        if (child.isEmpty()) {
            return;
        }
        store.delete(tx, event.number());
        if (child.get().tallied()) {
            store.tally(tx, child.get()).ifPresent(tally -> lose(tx, tally, child.get()));
            Relation.of(event.pdu())
                    .filter(relation -> relation.is(Relation.THREAD))
                    .ifPresent(relation -> list(tx, room, relation));
        }
    }

    private void lose(Transaction tx, Tally tally, Child child) {
        long left = tally.children() - 1;
        if (left <= 0) {
            store.delete(tx, tally);
            return;
        }
        var newest = tally.latest() == child.number() ? newest(tx, tally) : Optional.of(tally);
        newest.ifPresentOrElse(
                best -> store.put(tx, best.counting(left)), () -> store.delete(tx, tally));
    }

    private Optional<Tally> newest(Reading reading, Tally tally) {
        var numbers =
                store.ofSender(reading, tally, LOOKED_THROUGH).stream()
                        .filter(Child::tallied)
                        .map(Child::number)
                        .toList();
        return tables.events().all(reading, numbers).stream()
                .distinct()
                .flatMap(event ->
                        Relation.of(event.pdu()).map(own -> new Ranked(own, event)).stream())
                .max(Comparator.comparingLong(Ranked::rank).thenComparing(it -> id(it.event())))
                .map(best -> tally.led(best.event().number(), best.rank()));
    }

    private record Ranked(Relation relation, StoredEvent event) {
        long rank() {
            return Relations.rank(relation, event);
        }
    }

    /// Puts a thread into its place among the others: what came last may be older than the rest.
    private void list(Transaction tx, long room, Relation relation) {
        long root = EventStore.hash(relation.parent().value());
        var kind = tables.words().intern(tx, relation.type());
        store.newest(tx, root, kind)
                .ifPresentOrElse(
                        newest -> store.putThread(tx, room, new Listed(relation.parent(), newest)),
                        () -> store.deleteThread(tx, root));
    }
}
