package dev.hearth.notification;

import dev.hearth.identifier.UserId;
import java.util.Set;

/// The push rules by which unread events are counted: the default ones, without those that change
/// nothing about a count.
final class CountingRules {

    /// How many are in a room changes the sound alone, and counting them for each message is dear.
    private static final Set<String> SOUND_ALONE =
            Set.of(".m.rule.room_one_to_one", ".m.rule.encrypted_room_one_to_one");

    private static final Set<String> OF_ONE_USER =
            Set.of(".m.rule.is_user_mention", ".m.rule.invite_for_me");

    /// Stands where nobody does: the rules that name it are left out.
    private static final UserId NOBODY = UserId.parse("@:nobody");

    private CountingRules() {}

    /// Rules that hold for every member whom an event doesn't name.
    static PushRules ofAnybody() {
        return of(NOBODY).without(OF_ONE_USER);
    }

    static PushRules of(UserId user) {
        return PushRules.parse(DefaultPushRules.of(user)).without(SOUND_ALONE);
    }
}
