package dev.hearth.notification;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The push rules that every user has, in the order in which they are tried.
///
/// Beside those of the specification there are the rules for polls that clients look for (PUSH-9),
/// and, if the operator wants them, those that look for names in the text of messages whose senders
/// don't say whom they mention (PUSH-8).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#predefined-rules Predefined rules
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/3930 MSC3930, rules for polls
final class DefaultPushRules {

    /// The rules that 1.17 removed. They never match an event that has `m.mentions`.
    static final Set<String> LEGACY_MENTIONS =
            Set.of(
                    ".m.rule.contains_display_name",
                    ".m.rule.roomnotif",
                    ".m.rule.contains_user_name");

    private static final String THREAD_RULE = ".io.element.msc4306.rule.";
    private static final String POLL_START = "org.matrix.msc3381.poll.start";
    private static final String POLL_END = "org.matrix.msc3381.poll.end";
    private static final JsonArray NOTHING = JsonArray.EMPTY;
    private static final JsonArray NOTIFY = JsonArray.of("notify");
    private static final JsonObject DEFAULT_SOUND =
            JsonObject.of("set_tweak", "sound", "value", "default");
    private static final JsonObject HIGHLIGHT = JsonObject.of("set_tweak", "highlight");
    private static final JsonArray NOTIFY_WITH_SOUND = JsonArray.of("notify", DEFAULT_SOUND);

    private static final JsonArray MENTION = JsonArray.of("notify", DEFAULT_SOUND, HIGHLIGHT);

    private final boolean legacyMentions;
    private final boolean threadSubscriptions;

    private DefaultPushRules(boolean legacyMentions, boolean threadSubscriptions) {
        this.legacyMentions = legacyMentions;
        this.threadSubscriptions = threadSubscriptions;
    }

    /// The rules of today.
    static DefaultPushRules current() {
        return new DefaultPushRules(false, false);
    }

    /// The rules of today, and those that look for names in texts.
    static DefaultPushRules withLegacyMentions() {
        return new DefaultPushRules(true, false);
    }

    /// These, and those by which only threads that one has subscribed to notify (MSC4306).
    DefaultPushRules withThreadSubscriptions() {
        return new DefaultPushRules(legacyMentions, true);
    }

    boolean haveLegacyMentions() {
        return legacyMentions;
    }

    /// The rule set of a user, as `GET /pushrules/global/` answers it.
    JsonObject of(UserId user) {
        return JsonObject.builder()
                .put("override", JsonArray.from(overrides(user)))
                .put("content", JsonArray.from(contents(user)))
                .putUnlessEmpty("postcontent", threads())
                .put("room", JsonArray.EMPTY)
                .put("sender", JsonArray.EMPTY)
                .put("underride", JsonArray.from(underrides()))
                .build();
    }

    private JsonArray threads() {
        return threadSubscriptions
                ? JsonArray.of(
                        rule(THREAD_RULE + "unsubscribed_thread", NOTHING, subscribed(false)),
                        rule(
                                THREAD_RULE + "subscribed_thread",
                                NOTIFY_WITH_SOUND,
                                subscribed(true)))
                : JsonArray.EMPTY;
    }

    private static JsonObject subscribed(boolean wanted) {
        return JsonObject.of(
                "kind", "io.element.msc4306.thread_subscription", "subscribed", wanted);
    }

    private List<JsonObject> overrides(UserId user) {
        var rules = new ArrayList<>(overridesBeforeMentions(user));
        rules.add(userMention(user));
        if (legacyMentions) {
            rules.add(
                    rule(
                            ".m.rule.contains_display_name",
                            MENTION,
                            JsonObject.of("kind", "contains_display_name")));
        }
        rules.add(roomMention());
        if (legacyMentions) {
            rules.add(
                    rule(
                            ".m.rule.roomnotif",
                            JsonArray.of("notify", HIGHLIGHT),
                            match("content.body", "@room"),
                            JsonObject.of(
                                    "kind", "sender_notification_permission", "key", "room")));
        }
        rules.addAll(overridesAfterMentions());
        return rules;
    }

    private List<JsonObject> contents(UserId user) {
        return legacyMentions
                ? List.of(
                        rule(".m.rule.contains_user_name", MENTION)
                                .without("conditions")
                                .with("pattern", user.localpart()))
                : List.of();
    }

    private static List<JsonObject> overridesBeforeMentions(UserId user) {
        return List.of(
                rule(".m.rule.master", NOTHING).with("enabled", false),
                rule(".m.rule.suppress_notices", NOTHING, match("content.msgtype", "m.notice")),
                rule(
                        ".m.rule.invite_for_me",
                        NOTIFY_WITH_SOUND,
                        match("type", "m.room.member"),
                        match("content.membership", "invite"),
                        match("state_key", user.value())),
                rule(".m.rule.member_event", NOTHING, match("type", "m.room.member")));
    }

    private static List<JsonObject> overridesAfterMentions() {
        return List.of(
                rule(
                        ".m.rule.tombstone",
                        JsonArray.of("notify", HIGHLIGHT),
                        match("type", "m.room.tombstone"),
                        match("state_key", "")),
                rule(".m.rule.reaction", NOTHING, match("type", "m.reaction")),
                rule(
                        ".m.rule.room.server_acl",
                        NOTHING,
                        match("type", "m.room.server_acl"),
                        match("state_key", "")),
                rule(
                        ".m.rule.suppress_edits",
                        NOTHING,
                        JsonObject.of(
                                "kind", "event_property_is",
                                "key", "content.m\\.relates_to.rel_type",
                                "value", "m.replace")),
                rule(
                        ".org.matrix.msc3930.rule.poll_response",
                        NOTHING,
                        match("type", "org.matrix.msc3381.poll.response")));
    }

    private static JsonObject userMention(UserId user) {
        return rule(
                ".m.rule.is_user_mention",
                MENTION,
                JsonObject.of(
                        "kind", "event_property_contains",
                        "key", "content.m\\.mentions.user_ids",
                        "value", user));
    }

    private static JsonObject roomMention() {
        return rule(
                ".m.rule.is_room_mention",
                JsonArray.of("notify", HIGHLIGHT),
                JsonObject.of(
                        "kind", "event_property_is",
                        "key", "content.m\\.mentions.room",
                        "value", true),
                JsonObject.of("kind", "sender_notification_permission", "key", "room"));
    }

    private static List<JsonObject> underrides() {
        var twoMembers = JsonObject.of("kind", "room_member_count", "is", "2");
        var ring = JsonObject.of("set_tweak", "sound", "value", "ring");
        return List.of(
                rule(".m.rule.call", JsonArray.of("notify", ring), match("type", "m.call.invite")),
                rule(
                        ".m.rule.encrypted_room_one_to_one",
                        NOTIFY_WITH_SOUND,
                        twoMembers,
                        match("type", "m.room.encrypted")),
                rule(
                        ".m.rule.room_one_to_one",
                        NOTIFY_WITH_SOUND,
                        twoMembers,
                        match("type", "m.room.message")),
                rule(".m.rule.message", NOTIFY, match("type", "m.room.message")),
                rule(".m.rule.encrypted", NOTIFY, match("type", "m.room.encrypted")),
                rule(
                        ".org.matrix.msc3930.rule.poll_start_one_to_one",
                        NOTIFY_WITH_SOUND,
                        twoMembers,
                        match("type", POLL_START)),
                rule(".org.matrix.msc3930.rule.poll_start", NOTIFY, match("type", POLL_START)),
                rule(
                        ".org.matrix.msc3930.rule.poll_end_one_to_one",
                        NOTIFY_WITH_SOUND,
                        twoMembers,
                        match("type", POLL_END)),
                rule(".org.matrix.msc3930.rule.poll_end", NOTIFY, match("type", POLL_END)));
    }

    private static JsonObject rule(String id, JsonArray actions, Object... conditions) {
        return JsonObject.of(
                "rule_id",
                id,
                "default",
                true,
                "enabled",
                true,
                "conditions",
                JsonArray.of(conditions),
                "actions",
                actions);
    }

    private static JsonObject match(String key, String pattern) {
        return JsonObject.of("kind", "event_match", "key", key, "pattern", pattern);
    }
}
