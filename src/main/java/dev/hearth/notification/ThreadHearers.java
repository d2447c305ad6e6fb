package dev.hearth.notification;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.receipt.Threads;
import dev.hearth.storage.Reading;
import dev.hearth.subscription.Subscriptions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Who has subscribed to the thread that an event is in.
///
/// @param wanted whether push rules ask for it at all
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4306 MSC4306:
///   `io.element.msc4306`
record ThreadHearers(Threads threads, Subscriptions subscriptions, boolean wanted) {

    private Optional<EventId> root(Reading reading, Pdu pdu) {
        return wanted ? threads.rootOf(reading, pdu) : Optional.empty();
    }

    /// All of them who are among these users.
    Set<UserId> of(Reading reading, Pdu pdu, Set<UserId> members) {
        var hearers =
                root(reading, pdu)
                        .map(root -> subscriptions.subscribers(reading, pdu.roomId(), root))
                        .map(HashSet::new)
                        .orElseGet(HashSet::new);
        hearers.retainAll(members);
        hearers.remove(pdu.sender());
        return hearers;
    }

    /// Whether a user is one, or nobody in particular; nothing for what is in no thread.
    Optional<Boolean> isOne(Reading reading, Pdu pdu, Optional<UserId> user) {
        return root(reading, pdu)
                .map(root ->
                        user.filter(it ->
                                        subscriptions.isSubscribed(reading, it, pdu.roomId(), root))
                                .isPresent());
    }
}
