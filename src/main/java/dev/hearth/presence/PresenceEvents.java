package dev.hearth.presence;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Companions;
import dev.hearth.storage.Reading;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a sync tells of the presence of those with whom its user shares a room, and of the user's
/// own (SYNC-24).
final class PresenceEvents {

    /// For so many it is asked one by one whether they share a room, and of so many it is told that
    /// they are not there, too.
    private static final int FEW = 100;

    private static final Comparator<UserId> BY_NAME = Comparator.comparing(UserId::value);

    private final PresentUsers users;
    private final Presence.People people;
    private final Companions companions;
    private final Clock clock;
    private final PresenceStore store = new PresenceStore();

    /// When somebody last came into a room, as a position: who hasn't met anybody since needn't be
    /// looked at.
    private volatile long lastJoin;

    PresenceEvents(
            PresentUsers users,
            Presence.People people,
            Companions companions,
            Clock clock,
            long now) {
        this.users = users;
        this.people = people;
        this.companions = companions;
        this.clock = clock;
        this.lastJoin = now;
    }

    void joined(long position) {
        lastJoin = position;
    }

    List<JsonObject> between(
            Reading reading, UserId user, long since, long upTo, Predicate<UserId> wanted) {
        var told = since == 0 ? present(reading, user) : changed(reading, user, since, upTo);
        return told.stream()
                .filter(wanted)
                .sorted(BY_NAME)
                .map(other -> event(reading, other))
                .toList();
    }

    List<JsonObject> of(Reading reading, Set<UserId> members) {
        return worthTelling(members).stream()
                .sorted(BY_NAME)
                .map(member -> event(reading, member))
                .toList();
    }

    /// Of those whom the user meets, who is or was there; if they are few, all of this server, so
    /// that clients know that nobody is there and needn't guess. The members of a large room who
    /// never came are passed over.
    private Set<UserId> worthTelling(Set<UserId> met) {
        boolean few = met.size() <= FEW;
        return met.stream()
                .filter(other ->
                        users.find(other).isPresent() || few && people.isLocal().test(other))
                .collect(Collectors.toSet());
    }

    private Set<UserId> present(Reading reading, UserId user) {
        return together(reading, user, users.present());
    }

    private Set<UserId> changed(Reading reading, UserId user, long since, long upTo) {
        var known = users.changedBetween(since, upTo);
        var changed = new HashSet<>(known.orElseGet(users::present));
        if (known.isEmpty()) {
            // The client may hold for present who has gone long since.
            changed.addAll(store.changed(reading, since, upTo));
        }
        var told = together(reading, user, changed);
        if (since < lastJoin) {
            told.addAll(worthTelling(companions.met(reading, user, since, upTo)));
        }
        return told;
    }

    /// Those of some users whom the user shares a room with, and the user. A large room is not gone
    /// through for the few of it who are there.
    private Set<UserId> together(Reading reading, UserId user, Set<UserId> some) {
        var together = new HashSet<>(some);
        if (some.size() <= FEW) {
            together.removeIf(
                    other -> !other.equals(user) && !companions.areTogether(reading, user, other));
        } else {
            together.retainAll(withSelf(companions.of(reading, user), user));
        }
        return together;
    }

    private static Set<UserId> withSelf(Set<UserId> others, UserId user) {
        var all = new HashSet<>(others);
        all.add(user);
        return all;
    }

    private JsonObject event(Reading reading, UserId user) {
        var content =
                JsonObject.builder()
                        .putAll(content(known(reading, user)))
                        .putAll(people.profile().of(reading, user))
                        .build();
        return JsonObject.of("type", "m.presence", "sender", user, "content", content);
    }

    /// How a user is: not there if nothing is known, perhaps with words that they left.
    UserPresence known(Reading reading, UserId user) {
        return users.find(user).orElseGet(() -> UserPresence.unknown(store.message(reading, user)));
    }

    /// What is answered of a user, without their name.
    JsonObject content(UserPresence presence) {
        var content = JsonObject.builder().put("presence", presence.state().wireName());
        if (presence.active() > 0) {
            content.put("last_active_ago", Math.max(0, clock.millis() - presence.active()));
        }
        if (presence.state() == PresenceState.ONLINE) {
            content.put("currently_active", presence.currentlyActive());
        }
        return content.putIfPresent("status_msg", presence.message()).build();
    }
}
