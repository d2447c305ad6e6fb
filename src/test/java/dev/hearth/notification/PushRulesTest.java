package dev.hearth.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRulesTest {

    private static final UserId ME = UserId.parse("@me:hearth.test");
    private static final UserId OTHER = UserId.parse("@other:hearth.test");

    private record Told(JsonObject event, long joinedMembers, boolean powerful)
            implements Occasion {

        @Override
        public UserId sender() {
            return OTHER;
        }

        @Override
        public boolean senderMayNotify(String key) {
            return powerful && key.equals("room");
        }

        @Override
        public Optional<String> displayName() {
            return Optional.of("Me *Myself*");
        }
    }

    private static JsonObject event(String type, String content) {
        return JsonObject.of(
                "type",
                type,
                "sender",
                OTHER,
                "room_id",
                "!room:hearth.test",
                "content",
                JsonReader.readObject(content));
    }

    private static Occasion message(String content) {
        return new Told(event("m.room.message", content), 3, false);
    }

    private static String judge(Occasion occasion) {
        return word(PushRules.parse(DefaultPushRules.current().of(ME)).judge(occasion));
    }

    private static String word(Outcome outcome) {
        return outcome.highlights() ? "highlight" : outcome.notifies() ? "notify" : "nothing";
    }

    private static boolean holds(JsonObject condition, Occasion occasion) {
        return Condition.parse(condition).holds(occasion);
    }

    private static boolean matches(String key, String pattern, Occasion occasion) {
        return holds(
                JsonObject.of("kind", "event_match", "key", key, "pattern", pattern), occasion);
    }

    @Test
    @DisplayName("PUSH-1, PUSH-6: the default rules, one by one")
    void theDefaultRules() {
        assertEquals("notify", judge(message("{\"msgtype\":\"m.text\",\"body\":\"hello\"}")));
        assertEquals("nothing", judge(message("{\"msgtype\":\"m.notice\",\"body\":\"hello\"}")));
        assertEquals("notify", judge(new Told(event("m.room.encrypted", "{}"), 2, false)));
        assertEquals("notify", judge(new Told(event("m.room.encrypted", "{}"), 3, false)));
        assertEquals("notify", judge(new Told(event("m.call.invite", "{}"), 3, false)));
        assertEquals("nothing", judge(new Told(event("m.reaction", "{}"), 2, false)));
        assertEquals("nothing", judge(new Told(event("m.sticker", "{}"), 2, false)));
        assertEquals(
                "nothing",
                judge(message("{\"body\":\"*\",\"m.relates_to\":{\"rel_type\":\"m.replace\"}}")));
    }

    @Test
    @DisplayName("PUSH-1: state events that notify, and those that don't")
    void theDefaultRulesForState() {
        var invitation = event("m.room.member", "{\"membership\":\"invite\"}");
        assertEquals("notify", judge(new Told(invitation.with("state_key", ME), 3, false)));
        assertEquals("nothing", judge(new Told(invitation.with("state_key", OTHER), 3, false)));
        var tombstone = event("m.room.tombstone", "{}");
        assertEquals("highlight", judge(new Told(tombstone.with("state_key", ""), 3, false)));
        assertEquals("nothing", judge(new Told(tombstone, 3, false)));
        var acl = event("m.room.server_acl", "{}").with("state_key", "");
        assertEquals("nothing", judge(new Told(acl, 3, false)));
    }

    @Test
    @DisplayName("PUSH-1: mentions highlight, of everybody only with the power for it")
    void mentionsHighlight() {
        assertEquals(
                "highlight",
                judge(message("{\"m.mentions\":{\"user_ids\":[\"@me:hearth.test\"]}}")));
        assertEquals(
                "notify", judge(message("{\"m.mentions\":{\"user_ids\":[\"@you:hearth.test\"]}}")));
        assertEquals(
                "notify", judge(message("{\"m.mentions\":{\"user_ids\":\"@me:hearth.test\"}}")));
        var all = event("m.room.message", "{\"m.mentions\":{\"room\":true}}");
        assertEquals("highlight", judge(new Told(all, 3, true)));
        assertEquals("notify", judge(new Told(all, 3, false)));
        var almost = event("m.room.message", "{\"m.mentions\":{\"room\":\"true\"}}");
        assertEquals("notify", judge(new Told(almost, 3, true)));
    }

    @Test
    @DisplayName("PUSH-1: the master rule comes before all others")
    void theMasterRuleComesFirst() {
        var rules = DefaultPushRules.current().of(ME);
        var overrides = new java.util.ArrayList<>(rules.array("override").objects());
        overrides.set(0, overrides.getFirst().with("enabled", true));
        var silent = PushRules.parse(rules.with("override", JsonArray.from(overrides)));
        assertEquals("nothing", word(silent.judge(message("{\"body\":\"hello\"}"))));
    }

    @Test
    @DisplayName("PUSH-1, PUSH-5: kinds are tried in their order, content, room, sender")
    void kindsHaveAnOrder() {
        var notify = JsonArray.of("notify");
        var room =
                JsonObject.of("rule_id", "!room:hearth.test", "enabled", true)
                        .with("actions", JsonArray.EMPTY);
        var sender = JsonObject.of("rule_id", OTHER, "enabled", true).with("actions", notify);
        var content =
                JsonObject.of("rule_id", "cake", "enabled", true, "pattern", "cake*")
                        .with("actions", notify);
        var rules =
                PushRules.parse(
                        JsonObject.of(
                                "room", JsonArray.of(room),
                                "sender", JsonArray.of(sender),
                                "content", JsonArray.of(content)));
        assertEquals("nothing", word(rules.judge(message("{\"body\":\"bread\"}"))));
        assertEquals("notify", word(rules.judge(message("{\"body\":\"two cakes\"}"))));
        assertEquals(
                "notify",
                word(
                        PushRules.parse(JsonObject.of("sender", JsonArray.of(sender)))
                                .judge(message("{\"body\":\"bread\"}"))));
    }

    @Test
    @DisplayName("PUSH-4: old actions do nothing, and a highlight without a value is one")
    void actions() {
        assertEquals("nothing", word(Outcome.of(JsonArray.of("dont_notify"))));
        assertEquals("notify", word(Outcome.of(JsonArray.of("notify", "coalesce"))));
        var tweak = JsonObject.of("set_tweak", "highlight");
        assertEquals("highlight", word(Outcome.of(JsonArray.of("notify", tweak))));
        assertEquals(
                "notify", word(Outcome.of(JsonArray.of("notify", tweak.with("value", false)))));
        assertEquals("nothing", word(Outcome.of(JsonArray.of(tweak))));
    }

    @ParameterizedTest
    @DisplayName("PUSH-2: event_match takes the whole value, whatever the case")
    @CsvSource({
        "lunc?*, Lunch plans, true",
        "lunc?*, LUNCH, true",
        "lunc?*, ' lunch', false",
        "lunc?*, lunc, false",
        "*, '', true",
        "a*b*c, axxbxxc, true",
        "a*b*c, axxbxx, false",
        "'', '', true",
        "'', a, false"
    })
    void eventMatchTakesTheWholeValue(String pattern, String topic, boolean expected) {
        var event = event("m.room.topic", "{}").with("content", JsonObject.of("topic", topic));
        assertEquals(expected, matches("content.topic", pattern, new Told(event, 3, false)));
    }

    @ParameterizedTest
    @DisplayName("PUSH-2: event_match on the body takes words")
    @CsvSource({
        "ex*ple, An example event., true",
        "ex*ple, exple, true",
        "ex*ple, An exciting triple-whammy, true",
        "ex*ple, An example_event, false",
        "cake, pancake, false",
        "cake, my cake!, true",
        "cake, Käcake, true",
        "cake, 'ä cake', true",
        "cake, cake, true",
        "cake, CAKE, true",
        "c?ke, the coke, true"
    })
    void eventMatchOnTheBodyTakesWords(String pattern, String body, boolean expected) {
        var event = event("m.room.message", "{}").with("content", JsonObject.of("body", body));
        // The rule's letters are those of ASCII, so that an umlaut ends a word.
        assertEquals(expected, matches("content.body", pattern, new Told(event, 3, false)));
    }

    @Test
    @DisplayName("PUSH-2: what is not a string never matches, not even a star")
    void onlyStringsMatch() {
        assertFalse(matches("content.body", "*", message("{\"body\":7}")));
        assertFalse(matches("content.body", "*", message("{\"body\":null}")));
        assertFalse(matches("content.body", "*", message("{}")));
        assertFalse(matches("content.body.deeper", "*", message("{\"body\":\"text\"}")));
        assertTrue(matches("content.body", "*", message("{\"body\":\"\"}")));
    }

    @Test
    @DisplayName("PUSH-2: a pattern made to be slow isn't")
    void aPatternMadeToBeSlowIsNot() {
        var pattern = "*a".repeat(100) + "b";
        var body = "a".repeat(20_000);
        assertFalse(matches("content.body", pattern, message("{\"body\":\"" + body + "\"}")));
    }

    @Test
    @DisplayName("PUSH-2: many patterns made to be slow are bounded together")
    void patternsMadeToBeSlowAreBounded() {
        var body = "a".repeat(60_000);
        var event = event("m.room.message", "{}").with("content", JsonObject.of("body", body));
        var dear = "*a".repeat(2_000) + "b";
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertFalse(matches("content.body", dear, new Told(event, 3, false))));
        assertTrue(
                matches(
                        "content.body",
                        "cake",
                        new Told(
                                event.with("content", JsonObject.of("body", body + " cake")),
                                3,
                                false)));
    }

    @ParameterizedTest
    @DisplayName("PUSH-3: paths have their escapes")
    @CsvSource({
        "content.m\\.key, true",
        "content.m.key, false",
        "content.back\\\\slash, true",
        "content.back\\slash, true",
        "content.nested.inner, true",
        "content.nested, false",
        "room_id, true"
    })
    void pathsHaveTheirEscapes(String key, boolean expected) {
        var content =
                JsonObject.of(
                        "m.key", "v", "back\\slash", "v", "nested", JsonObject.of("inner", "v"));
        var event = event("m.room.message", "{}").with("content", content).with("room_id", "v");
        assertEquals(expected, matches(key, "v", new Told(event, 3, false)));
    }

    @Test
    @DisplayName("PUSH-2: event_property_is and event_property_contains cast nothing")
    void propertiesAreExact() {
        var content =
                "{\"flag\":true,\"number\":1,\"text\":\"1\",\"nothing\":null,\"list\":[1,\"a\",null]}";
        var is = JsonObject.of("kind", "event_property_is");
        assertTrue(holds(property(is, "flag", true), message(content)));
        assertFalse(holds(property(is, "flag", "true"), message(content)));
        assertFalse(holds(property(is, "flag", 1), message(content)));
        assertTrue(holds(property(is, "number", 1), message(content)));
        assertFalse(holds(property(is, "text", 1), message(content)));
        assertTrue(holds(property(is, "nothing", JsonNull.NULL), message(content)));
        assertFalse(holds(property(is, "absent", JsonNull.NULL), message(content)));
        var contains = JsonObject.of("kind", "event_property_contains");
        assertTrue(holds(property(contains, "list", "a"), message(content)));
        assertTrue(holds(property(contains, "list", JsonNull.NULL), message(content)));
        assertFalse(holds(property(contains, "list", "1"), message(content)));
        assertFalse(holds(property(contains, "text", "1"), message(content)));
        assertFalse(holds(property(contains, "list", JsonArray.EMPTY), message(content)));
    }

    private static JsonObject property(JsonObject condition, String key, Object value) {
        return condition.with("key", "content." + key).with("value", value);
    }

    @ParameterizedTest
    @DisplayName("PUSH-2: room_member_count compares")
    @CsvSource({
        "3, true",
        "==3, true",
        "2, false",
        "<3, false",
        "<4, true",
        ">2, true",
        ">3, false",
        ">=3, true",
        "<=3, true",
        "<=2, false",
        "=3, false",
        "three, false",
        "'', false"
    })
    void memberCountCompares(String is, boolean expected) {
        var condition = JsonObject.of("kind", "room_member_count", "is", is);
        assertEquals(expected, holds(condition, message("{}")));
    }

    @Test
    @DisplayName("PUSH-2: contains_display_name takes the name as it is, between words")
    void containsDisplayName() {
        var condition = JsonObject.of("kind", "contains_display_name");
        assertTrue(holds(condition, message("{\"body\":\"say, me *myself*, why\"}")));
        assertFalse(holds(condition, message("{\"body\":\"me and myself\"}")));
        assertFalse(holds(condition, message("{\"body\":\"some *myself*\"}")));
        assertFalse(holds(condition, message("{}")));
    }

    @Test
    @DisplayName("PUSH-2: unknown and broken conditions match nothing")
    void unknownConditionsMatchNothing() {
        assertFalse(holds(JsonObject.of("kind", "phase_of_moon"), message("{}")));
        assertFalse(holds(JsonObject.EMPTY, message("{}")));
        assertFalse(holds(JsonObject.of("kind", "event_match"), message("{}")));
        assertFalse(holds(JsonObject.of("kind", "event_property_is", "key", "a"), message("{}")));
        assertFalse(holds(JsonObject.of("kind", "room_member_count"), message("{}")));
        assertFalse(holds(JsonObject.of("kind", "sender_notification_permission"), message("{}")));
    }
}
