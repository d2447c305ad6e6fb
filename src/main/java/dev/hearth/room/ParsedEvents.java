package dev.hearth.room;

import dev.hearth.concurrent.BoundedCache;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import java.util.function.Supplier;

/// Events that were read lately, so that what many people look at is inflated and parsed once. An
/// event never changes; what is known beside it, its redaction for one, is read anew each time.
final class ParsedEvents {

    /// In bytes of stored bodies; the events in memory are some times as large.
    private static final long CAPACITY = 1_500_000;

    /// @param length of the stored body
    private record Parsed(Pdu pdu, int length) {}

    private final BoundedCache<Long, Parsed> known = new BoundedCache<>(CAPACITY, Parsed::length);

    /// The event, parsed if it has to be. A number that a transaction took in vain is taken again
    /// by another event, so the ID and the length must be the same, too.
    Pdu get(long number, EventId id, int length, Supplier<Pdu> parse) {
        return known.find(number)
                .filter(before -> before.length() == length && before.pdu().eventId().equals(id))
                .orElseGet(() -> {
                    var parsed = new Parsed(parse.get(), length);
                    known.put(number, parsed);
                    return parsed;
                })
                .pdu();
    }

    void forget(long number) {
        known.remove(number);
    }
}
