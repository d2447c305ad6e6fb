package dev.hearth.room;

import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Applies redactions to their targets, whichever of the two comes first, and forgets after a while
/// what was redacted.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#redactions Redactions
public final class Redactions {

    /// Redactions of one event beyond these change nothing.
    private static final int AWAITING = 20;

    private static final int PURGED_TOGETHER = 100;
    private static final int MOST_BATCHES = 200;

    private final Database database;
    private final RoomTables tables;
    private final RedactionStore store;
    private final Relations relations;
    private final CurrentState current;
    private final Clock clock;
    private final List<BiConsumer<Transaction, StoredEvent>> redacting = new ArrayList<>();

    Redactions(
            Database database,
            RoomTables tables,
            Relations relations,
            CurrentState current,
            Clock clock) {
        this.database = database;
        this.tables = tables;
        this.store = tables.redactions();
        this.relations = relations;
        this.current = current;
        this.clock = clock;
    }

    /// Before the first request: what follows from a redaction, in its transaction. It is given the
    /// target as it was.
    public void onRedacting(BiConsumer<Transaction, StoredEvent> hook) {
        redacting.add(hook);
    }

    /// Does what an event of the room asks for, if it is a redaction: now, or when its target
    /// comes.
    void follow(Transaction tx, LiveRoom room, StoredEvent redaction) {
        var target = redaction.pdu().redacts();
        if (!redaction.pdu().type().equals(EventType.REDACTION) || target.isEmpty()) {
            return;
        }
        tables.events()
                .find(tx, target.get())
                .ifPresentOrElse(
                        found -> apply(tx, room, redaction, found),
                        () -> store.await(tx, redaction.number(), target.get()));
    }

    /// Applies what was sent elsewhere, and came here before its target; gives the target as it is
    /// then.
    StoredEvent catchUp(Transaction tx, LiveRoom room, StoredEvent target) {
        var now = target;
        for (long number : store.awaiting(tx, target.pdu().eventId(), AWAITING)) {
            store.awaitNoMore(tx, number);
            var redaction =
                    tables.events().at(tx, number).filter(it -> names(it.pdu(), target.pdu()));
            if (redaction.isPresent() && apply(tx, room, redaction.get(), now)) {
                now = now.redactedBy(number);
            }
        }
        return now;
    }

    private static boolean names(Pdu redaction, Pdu target) {
        return redaction.redacts().filter(target.eventId()::equals).isPresent();
    }

    /// Whether it changed anything: the first redaction counts, and it must be one of this room.
    private boolean apply(
            Transaction tx, LiveRoom room, StoredEvent redaction, StoredEvent target) {
        if (target.redactedBy().isPresent()
                || !target.pdu().roomId().equals(room.roomId())
                || !mayRedact(tx, room, redaction.pdu(), target.pdu())) {
            return false;
        }
        tables.events().redact(tx, target.number(), redaction.number());
        store.noteRedacted(tx, target.number(), today());
        relations.dissolve(tx, room.number(), target);
        room.redacted(target);
        target.pdu().stateKey().ifPresent(_ -> current.redacted(tx, room, target.pdu().type()));
        redacting.forEach(hook -> hook.accept(tx, target));
        return true;
    }

    /// RED-1: with the power to redact any event; else those of one's own server, which has judged
    /// already whether its user may.
    private static boolean mayRedact(Reading reading, LiveRoom room, Pdu redaction, Pdu target) {
        var levels = room.powerLevels(reading);
        return redaction.sender().server().equals(target.sender().server())
                || levels.user(redaction.sender()) >= levels.toRedact();
    }

    private long today() {
        return Duration.ofMillis(clock.millis()).toDays();
    }

    /// RED-5: forgets what events said that were redacted so long ago; meant for once a day. What
    /// is left of an event is what the rules, its hash and its signatures need.
    public void purge(Duration retention) {
        long day = today() - retention.toDays();
        for (int i = 0; i < MOST_BATCHES; i++) {
            if (database.transact(tx -> purge(tx, day)) < PURGED_TOGETHER) {
                return;
            }
        }
    }

    private int purge(Transaction tx, long day) {
        var numbers = store.redacted(tx, day, PURGED_TOGETHER);
        for (var event : tables.events().all(tx, numbers)) {
            tables.events().setBody(tx, PackedEvent.of(event.stripped()), event.number());
        }
        numbers.forEach(number -> store.notePurged(tx, number));
        return numbers.size();
    }
}
