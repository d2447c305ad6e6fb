package dev.hearth.notification;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;

/// The push rules that every user has, in the order in which they are tried.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#predefined-rules Predefined rules
final class DefaultPushRules {

    private static final JsonArray NOTHING = JsonArray.EMPTY;
    private static final JsonArray NOTIFY = JsonArray.of("notify");
    private static final JsonObject DEFAULT_SOUND =
            JsonObject.of("set_tweak", "sound", "value", "default");
    private static final JsonObject HIGHLIGHT = JsonObject.of("set_tweak", "highlight");
    private static final JsonArray NOTIFY_WITH_SOUND = JsonArray.of("notify", DEFAULT_SOUND);

    private DefaultPushRules() {}

    /// The rule set of a user, as `GET /pushrules/global/` answers it.
    static JsonObject of(UserId user) {
        return JsonObject.of(
                "override", overrides(user),
                "content", JsonArray.EMPTY,
                "room", JsonArray.EMPTY,
                "sender", JsonArray.EMPTY,
                "underride", underrides());
    }

    private static JsonArray overrides(UserId user) {
        return JsonArray.of(
                rule(".m.rule.master", NOTHING).with("enabled", false),
                rule(".m.rule.suppress_notices", NOTHING, match("content.msgtype", "m.notice")),
                rule(
                        ".m.rule.invite_for_me",
                        NOTIFY_WITH_SOUND,
                        match("type", "m.room.member"),
                        match("content.membership", "invite"),
                        match("state_key", user.value())),
                rule(".m.rule.member_event", NOTHING, match("type", "m.room.member")),
                userMention(user),
                roomMention(),
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
                                "value", "m.replace")));
    }

    private static JsonObject userMention(UserId user) {
        return rule(
                ".m.rule.is_user_mention",
                JsonArray.of("notify", DEFAULT_SOUND, HIGHLIGHT),
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

    private static JsonArray underrides() {
        var twoMembers = JsonObject.of("kind", "room_member_count", "is", "2");
        var ring = JsonObject.of("set_tweak", "sound", "value", "ring");
        return JsonArray.of(
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
                rule(".m.rule.encrypted", NOTIFY, match("type", "m.room.encrypted")));
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
