package dev.hearth.notification;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// The push rules of one user, ready to be tried.
///
/// @param counting those that unread events are counted by
/// @param position of their last change; 0 if they are the default ones
record Ruleset(PushRules all, PushRules counting, long position) {

    static Ruleset of(JsonObject ruleset, long position) {
        var all = PushRules.parse(ruleset);
        return new Ruleset(all, CountingRules.of(all), position);
    }

    /// How they count the events of a room that don't name their user, so that it can be compared.
    PushRules in(RoomId room) {
        return CountingRules.ofAnybody(counting).in(room);
    }

    /// Whether a plain message in a room notifies. Where it does, the user's counts are those of
    /// everybody with what differs; where it doesn't, they begin at nothing. The default rules
    /// notify everywhere.
    boolean areLoudIn(RoomId room) {
        return position == 0 || areLoud(in(room));
    }

    static boolean areLoud(PushRules rules) {
        return rules.judge(PlainMessage.ONE).notifies();
    }

    /// A message with nothing about it.
    private record PlainMessage(JsonObject event) implements Occasion {

        private static final int SOME = 3;

        static final PlainMessage ONE =
                new PlainMessage(
                        JsonObject.of(
                                "type",
                                "m.room.message",
                                "sender",
                                CountingRules.NOBODY,
                                "content",
                                JsonObject.of("msgtype", "m.text")));

        @Override
        public UserId sender() {
            return CountingRules.NOBODY;
        }

        @Override
        public long joinedMembers() {
            return SOME;
        }

        @Override
        public boolean senderMayNotify(String key) {
            return false;
        }

        @Override
        public Optional<String> displayName() {
            return Optional.empty();
        }
    }
}
