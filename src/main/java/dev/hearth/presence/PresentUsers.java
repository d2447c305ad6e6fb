package dev.hearth.presence;

import dev.hearth.identifier.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Those of whose presence something is known, in memory.
final class PresentUsers {

    /// As many are remembered, who is there in any case.
    private static final int REMEMBERED = 20_000;

    private final Map<UserId, UserPresence> users = new ConcurrentHashMap<>();

    /// Who changed last at which position. Changed only within a transaction.
    private final ConcurrentSkipListMap<Long, UserId> newest = new ConcurrentSkipListMap<>();

    /// Of what changed up to here, by a restart or for want of room, some isn't known any more.
    private volatile long forgotten;

    /// @param now a position; nothing is known of what was before
    PresentUsers(long now) {
        this.forgotten = now;
    }

    /// Somebody is there since before we were.
    void remember(UserId user, UserPresence presence) {
        users.put(user, presence);
    }

    void forget(UserId user) {
        var gone = users.remove(user);
        if (gone != null) {
            newest.remove(gone.position());
        }
    }

    Optional<UserPresence> find(UserId user) {
        return Optional.ofNullable(users.get(user));
    }

    /// What was, and what has become of it.
    record Change(UserPresence before, UserPresence after) {

        /// Whether it outlasts a restart.
        boolean isKept() {
            return before.isThere() != after.isThere() || !before.message().equals(after.message());
        }
    }

    /// Takes a step from what is known of a user, from the words alone if that is nothing.
    ///
    /// @return what others must hear of, if there is something
    Optional<Change> change(
            UserId user, Supplier<Optional<String>> message, UnaryOperator<UserPresence> step) {
        while (true) {
            var known = users.get(user);
            var before = known == null ? UserPresence.unknown(message.get()) : known;
            var after = step.apply(before);
            if (known == null && !after.isNewsAfter(before)) {
                // Who is no more there than before needn't be remembered.
                return Optional.empty();
            }
            boolean done =
                    known == null
                            ? users.putIfAbsent(user, after) == null
                            : users.replace(user, known, after);
            if (done) {
                return after.isNewsAfter(before)
                        ? Optional.of(new Change(before, after))
                        : Optional.empty();
            }
        }
    }

    /// Notes that a user did something, if they are there.
    void note(UserId user, UnaryOperator<UserPresence> step) {
        users.computeIfPresent(user, (_, presence) -> step.apply(presence));
    }

    /// Gives a change its position, within the transaction that took it.
    void place(UserId user, long position) {
        users.computeIfPresent(
                user,
                (_, presence) -> {
                    newest.remove(presence.position());
                    newest.put(position, user);
                    return presence.at(position);
                });
        if (users.size() > REMEMBERED) {
            forgetTheLongestGone();
        }
    }

    private void forgetTheLongestGone() {
        newest.entrySet().stream()
                .filter(entry -> !isPresent(entry.getValue()))
                .findFirst()
                .ifPresent(entry -> {
                    // First the mark, then the forgetting: who sees the gap sees the mark too.
                    forgotten = Math.max(forgotten, entry.getKey());
                    forget(entry.getValue());
                });
    }

    boolean isPresent(UserId user) {
        return find(user).filter(UserPresence::isThere).isPresent();
    }

    /// Who is there.
    Set<UserId> present() {
        return users.keySet().stream().filter(this::isPresent).collect(Collectors.toSet());
    }

    /// Whose presence changed after one position and up to another; nothing if that is too long ago
    /// to know.
    Optional<Set<UserId>> changedBetween(long since, long upTo) {
        var changed = Set.copyOf(newest.subMap(since, false, Math.max(since, upTo), true).values());
        return since < forgotten ? Optional.empty() : Optional.of(changed);
    }
}
