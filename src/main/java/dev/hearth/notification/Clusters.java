package dev.hearth.notification;

import dev.hearth.concurrent.BoundedCache;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who in a room has push rules that can count its events otherwise than the default ones do,
/// together with all whose rules are the same there: so that these are tried once for each message,
/// and not for each member. Used by the writer alone.
///
/// Most who change rules change them for another room, or make this one silent; neither appears.
final class Clusters {

    private static final int CACHED = 10_000;

    private final Rooms rooms;
    private final Rulesets rulesets;
    private final BoundedCache<RoomId, Clustered> known =
            new BoundedCache<>(CACHED, clustered -> 1 + clustered.clusters().size());

    /// Users whose rules are the same in a room.
    ///
    /// @param loud whether a plain message notifies them
    record Cluster(PushRules rules, boolean loud, List<UserId> users) {
        Cluster {
            users = List.copyOf(users);
        }
    }

    /// @param version of all rules as they were looked at
    /// @param members how many of this server were in the room
    private record Clustered(long version, int members, List<Cluster> clusters) {}

    Clusters(Rooms rooms, Rulesets rulesets) {
        this.rooms = rooms;
        this.rulesets = rulesets;
    }

    List<Cluster> in(Transaction tx, RoomId room) {
        var members = rooms.audience(room);
        long version = rulesets.version();
        var found = known.find(room);
        if (found.filter(old -> old.version() == version && old.members() == members.size())
                .isPresent()) {
            return found.get().clusters();
        }
        var clusters = cluster(tx, room, members);
        int size = members.size();
        tx.afterCommit(() -> known.put(room, new Clustered(version, size, clusters)));
        return clusters;
    }

    /// Somebody comes, goes, or has another name.
    void memberChanged(Transaction tx, RoomId room) {
        known.remove(room);
        tx.afterCommit(() -> known.remove(room));
    }

    private List<Cluster> cluster(Transaction tx, RoomId room, Set<UserId> members) {
        var byRules = new HashMap<PushRules, List<UserId>>();
        var clusters = new ArrayList<Cluster>();
        var usual = rulesets.ofAnybody().in(room);
        for (var user : peculiar(members)) {
            var rules = rulesets.of(tx, user).in(room);
            if (rules.askForTheirOwner()) {
                clusters.add(new Cluster(rules, Ruleset.areLoud(rules), List.of(user)));
            } else if (!rules.areSilent() && !rules.equals(usual)) {
                byRules.computeIfAbsent(rules, _ -> new ArrayList<>()).add(user);
            }
        }
        for (Map.Entry<PushRules, List<UserId>> entry : byRules.entrySet()) {
            var rules = entry.getKey();
            clusters.add(new Cluster(rules, Ruleset.areLoud(rules), entry.getValue()));
        }
        return List.copyOf(clusters);
    }

    private List<UserId> peculiar(Set<UserId> members) {
        var all = rulesets.peculiar();
        return members.size() < all.size()
                ? members.stream().filter(all::contains).toList()
                : all.stream().filter(members::contains).toList();
    }
}
