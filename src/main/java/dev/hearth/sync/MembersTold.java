package dev.hearth.sync;

import dev.hearth.concurrent.BoundedCache;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.StoredEvent;

/// Which members a device was told of, so that lazy loading doesn't repeat them.
///
/// A member counts as told only to who presents a token at or after the answer that told it: an
/// answer that got lost is repeated in full. To forget everything costs redundant members, nothing
/// else (SYNC-10).
final class MembersTold {

    private static final int REMEMBERED = 50_000;

    private record Key(UserId user, DeviceId device, long room, String member) {}

    private record Told(long event, long upTo) {}

    private final BoundedCache<Key, Told> known = new BoundedCache<>(REMEMBERED, _ -> 1);

    boolean isKnown(Span span, StoredEvent member) {
        return known.find(key(span, member))
                .filter(told -> told.event() == member.number() && told.upTo() <= span.since())
                .isPresent();
    }

    void note(Span span, StoredEvent member) {
        if (!isKnown(span, member)) {
            known.put(key(span, member), new Told(member.number(), span.upTo()));
        }
    }

    private static Key key(Span span, StoredEvent member) {
        return new Key(
                span.user(),
                span.request().requester().device(),
                span.room(),
                member.pdu().stateKey().orElseThrow());
    }
}
