package dev.hearth.sync;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.receipt.Receipts;
import dev.hearth.storage.Reading;
import dev.hearth.typing.Typing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What passes in a room without being part of its history: who types, and who has read how far.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#receipts Receipts
/// @spec https://spec.matrix.org/v1.19/client-server-api/#typing-notifications Typing notifications
final class EphemeralSection {

    private static final String TYPING = "m.typing";
    private static final String RECEIPT = "m.receipt";

    private final Typing typing;
    private final Receipts receipts;

    EphemeralSection(Sync.Features features) {
        this.typing = features.typing();
        this.receipts = features.receipts();
    }

    /// The rooms, of this user or of others, in which something passed after one position and up to
    /// another; nothing if that was too long ago to know.
    Optional<Set<RoomId>> roomsWithNews(long since, long upTo) {
        var found = receipts.roomsChangedSince(since).map(HashSet::new);
        found.ifPresent(all -> all.addAll(typing.roomsChangedSince(since, upTo)));
        return found.map(Set::copyOf);
    }

    /// The events of one room.
    ///
    /// @param fresh whether the client knows nothing of the room yet
    List<JsonObject> events(Reading reading, Span span, boolean fresh) {
        var filter = span.request().filter().ephemeral();
        var events = new ArrayList<JsonObject>();
        if (!filter.allowsRoom(span.membership().roomId().value())) {
            return events;
        }
        if (filter.allowsType(TYPING)) {
            typing(span, fresh).ifPresent(events::add);
        }
        if (filter.allowsType(RECEIPT)) {
            receipts(reading, span, fresh).ifPresent(events::add);
        }
        return events;
    }

    /// The same events, for a room that is told of anyway: if it was forgotten who stopped typing
    /// since the token, with who types now, so that nobody types for ever.
    List<JsonObject> complete(Span span, List<JsonObject> events) {
        boolean toldOrKnown =
                typing.knowsSince(span.since())
                        || span.request().isInitial()
                        || events.stream().anyMatch(EphemeralSection::isTyping);
        if (toldOrKnown || !allowsTyping(span)) {
            return events;
        }
        var more = new ArrayList<>(events);
        more.add(typing(typing.now(span.membership().roomId()), span.ignored()));
        return more;
    }

    private static boolean isTyping(JsonObject event) {
        return event.string("type").equals(TYPING);
    }

    private static boolean allowsTyping(Span span) {
        var filter = span.request().filter().ephemeral();
        return filter.allowsRoom(span.membership().roomId().value()) && filter.allowsType(TYPING);
    }

    /// Who has read how far.
    ///
    /// @param fresh whether the client knows nothing of the room yet
    Optional<JsonObject> receipts(Reading reading, Span span, boolean fresh) {
        var request = span.request();
        var content =
                receipts.since(
                        reading,
                        request.user(),
                        span.membership().roomId(),
                        span.ignored(),
                        fresh ? 0 : request.since().position(),
                        span.upTo());
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(JsonObject.of("type", RECEIPT, "content", content));
    }

    private Optional<JsonObject> typing(Span span, boolean fresh) {
        var room = span.membership().roomId();
        return typing.changedSince(room, fresh ? 0 : span.since(), span.upTo())
                .map(all -> typing(all, span.ignored()));
    }

    /// TYP-1: the list takes the place of the one before, so that it is told when it is empty too.
    private static JsonObject typing(Set<UserId> users, Set<UserId> ignored) {
        var shown =
                users.stream()
                        .filter(user -> !ignored.contains(user))
                        .map(UserId::value)
                        .sorted()
                        .toList();
        return JsonObject.of(
                "type", TYPING, "content", JsonObject.of("user_ids", JsonArray.from(shown)));
    }
}
