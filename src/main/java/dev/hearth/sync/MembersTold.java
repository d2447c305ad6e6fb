package dev.hearth.sync;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.StoredEvent;
import java.util.concurrent.ConcurrentHashMap;

/// Which members a device was told of, so that lazy loading doesn't repeat them.
///
/// A member counts as told only to who presents a token at or after the answer that told it: an
/// answer that got lost is repeated in full. To forget everything costs redundant members, nothing
/// else (SYNC-10).
final class MembersTold {

    private static final int REMEMBERED = 50_000;

    private record Key(UserId user, DeviceId device, long room, String member) {}

    private record Told(long event, long upTo) {}

    private final ConcurrentHashMap<Key, Told> known = new ConcurrentHashMap<>();

    boolean isKnown(Span span, StoredEvent member) {
        var before = known.get(key(span, member));
        return before != null
                && before.event() == member.position()
                && before.upTo() <= span.since();
    }

    void note(Span span, StoredEvent member) {
        if (isKnown(span, member)) {
            return;
        }
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(key(span, member), new Told(member.position(), span.upTo()));
    }

    private static Key key(Span span, StoredEvent member) {
        return new Key(
                span.user(),
                span.request().requester().device(),
                span.room(),
                member.pdu().stateKey().orElseThrow());
    }
}
