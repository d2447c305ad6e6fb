package dev.hearth.notification;

import dev.hearth.identifier.UserId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The push rules by which unread events are counted: those of a user, without those that change
/// nothing about a count.
final class CountingRules {

    /// How many are in a room changes the sound alone, where these come to the same; and counting
    /// them for each message is dear.
    private static final Map<String, String> SOUND_ALONE =
            Map.of(
                    ".m.rule.room_one_to_one", ".m.rule.message",
                    ".m.rule.encrypted_room_one_to_one", ".m.rule.encrypted",
                    ".org.matrix.msc3930.rule.poll_start_one_to_one",
                            ".org.matrix.msc3930.rule.poll_start",
                    ".org.matrix.msc3930.rule.poll_end_one_to_one",
                            ".org.matrix.msc3930.rule.poll_end");

    /// Those that match only events that name their user.
    private static final Set<String> OF_ONE_USER =
            Set.of(
                    ".m.rule.is_user_mention",
                    ".m.rule.invite_for_me",
                    ".m.rule.contains_display_name",
                    ".m.rule.contains_user_name");

    /// Stands where nobody does: the rules that name it are left out.
    static final UserId NOBODY = UserId.parse("@:nobody");

    private CountingRules() {}

    /// Rules for an event that doesn't name their user.
    static PushRules ofAnybody(PushRules rules) {
        return rules.without(OF_ONE_USER);
    }

    static PushRules of(PushRules all) {
        return all.without(
                SOUND_ALONE.entrySet().stream()
                        .filter(pair -> comeToTheSame(all, pair.getKey(), pair.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    private static boolean comeToTheSame(PushRules all, String one, String other) {
        var outcome = all.find(one).map(PushRule::outcome);
        return outcome.isPresent() && outcome.equals(all.find(other).map(PushRule::outcome));
    }
}
