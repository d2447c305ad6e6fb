package dev.hearth.notification;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PushRuleChangesTest {

    private static final String RULES = "/_matrix/client/v3/pushrules/global/";
    private static final JsonObject SILENT = JsonObject.of("actions", JsonArray.EMPTY);
    private static final JsonObject NOTIFY = JsonObject.of("actions", JsonArray.of("notify"));
    private static final JsonObject CAKE = NOTIFY.with("pattern", "cake");

    private TestHomeserver server;
    private TestUser alice;

    @BeforeEach
    void start() {
        server = TestHomeserver.start();
        alice = server.register("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply put(String kindAndId, JsonObject rule) {
        return alice.client().put(RULES + kindAndId, rule);
    }

    private List<String> ids(String kind) {
        return alice.client().get(RULES).ok().array(kind).objects().stream()
                .map(rule -> rule.string("rule_id"))
                .filter(id -> !id.startsWith("."))
                .toList();
    }

    private JsonObject rule(String kindAndId) {
        return alice.client().get(RULES + kindAndId).ok();
    }

    @Test
    @DisplayName("PUSH-10: a new rule is enabled, and as it was sent")
    void aNewRuleIsEnabled() {
        var condition = JsonObject.of("kind", "event_match", "key", "type", "pattern", "m.x");
        put("override/mine", NOTIFY.with("conditions", JsonArray.of(condition))).ok();
        assertEquals(
                JsonObject.of(
                        "rule_id",
                        "mine",
                        "default",
                        false,
                        "enabled",
                        true,
                        "conditions",
                        JsonArray.of(condition),
                        "actions",
                        JsonArray.of("notify")),
                rule("override/mine"));
        put("content/cake", CAKE).ok();
        assertEquals("cake", rule("content/cake").string("pattern"));
        put("underride/last", SILENT).ok();
        assertEquals(JsonArray.EMPTY, rule("underride/last").array("conditions"));
    }

    @Test
    @DisplayName("PUSH-10: the newest is the most important of its kind, before the default rules")
    void theNewestIsTheMostImportant() {
        put("underride/one", NOTIFY).ok();
        put("underride/two", NOTIFY).ok();
        assertEquals(List.of("two", "one"), ids("underride"));
        var all = alice.client().get(RULES).ok();
        assertEquals("two", all.array("underride").objects().getFirst().string("rule_id"));
    }

    @Test
    @DisplayName("PUSH-1, PUSH-10: the master rule stays before rules of one's own")
    void theMasterRuleStaysFirst() {
        put("override/mine", NOTIFY).ok();
        var overrides = alice.client().get(RULES).ok().array("override").objects();
        assertEquals(".m.rule.master", overrides.get(0).string("rule_id"));
        assertEquals("mine", overrides.get(1).string("rule_id"));
    }

    @Test
    @DisplayName("PUSH-10: before is directly above, after directly below; both: before")
    void beforeAndAfter() {
        put("sender/@a:x", NOTIFY).ok();
        put("sender/@b:x?before=" + escape("@a:x"), NOTIFY).ok();
        put("sender/@c:x?after=" + escape("@b:x"), NOTIFY).ok();
        assertEquals(List.of("@b:x", "@c:x", "@a:x"), ids("sender"));
        put("sender/@d:x?before=" + escape("@a:x") + "&after=" + escape("@b:x"), NOTIFY).ok();
        assertEquals(List.of("@b:x", "@c:x", "@d:x", "@a:x"), ids("sender"));
        put("sender/@a:x?before=" + escape("@c:x"), SILENT).ok();
        assertEquals(List.of("@b:x", "@a:x", "@c:x", "@d:x"), ids("sender"));
        put("sender/@a:x?before=" + escape("@a:x"), NOTIFY).ok();
        assertEquals(List.of("@b:x", "@a:x", "@c:x", "@d:x"), ids("sender"));
    }

    @Test
    @DisplayName("PUSH-10: an unknown neighbor, and a default one, are refused")
    void unknownNeighborsAreRefused() {
        put("sender/@a:x?before=none", NOTIFY).refused(400, "M_UNKNOWN");
        put("sender/@a:x?after=none", NOTIFY).refused(400, "M_UNKNOWN");
        put("override/mine?before=.m.rule.tombstone", NOTIFY).refused(400, "M_UNKNOWN");
        assertEquals(List.of(), ids("sender"));
    }

    @Test
    @DisplayName("PUSH-10: a known rule is changed in its place, and stays off if it was")
    void aKnownRuleIsChangedInItsPlace() {
        put("content/one", CAKE).ok();
        put("content/two", CAKE).ok();
        put("content/one/enabled", JsonObject.of("enabled", false)).ok();
        put("content/one", CAKE.with("pattern", "bread")).ok();
        assertEquals(List.of("two", "one"), ids("content"));
        assertEquals("bread", rule("content/one").string("pattern"));
        assertFalse(rule("content/one").bool("enabled"));
    }

    @Test
    @DisplayName("PUSH-10: IDs of the server's own, and with slashes, are refused")
    void someIdsAreRefused() {
        put("override/.mine", NOTIFY).refused(400, "M_INVALID_PARAM");
        put("override/.m.rule.master", NOTIFY).refused(400, "M_INVALID_PARAM");
        put("override/a%2Fb", NOTIFY).refused(400, "M_INVALID_PARAM");
        put("override/a%5Cb", NOTIFY).refused(400, "M_INVALID_PARAM");
        put("override/" + "x".repeat(600), NOTIFY).refused(400, "M_INVALID_PARAM");
        put("postcontent/a", NOTIFY).refused(400, "M_INVALID_PARAM");
    }

    /// SyTest: Trying to add push rule with invalid action fails with 400
    @Test
    @DisplayName("PUSH-10: a rule that makes no sense is refused")
    void rulesWithoutSenseAreRefused() {
        put("room/!a:x", JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
        put("room/!a:x", JsonObject.of("actions", "notify")).refused(400, "M_BAD_JSON");
        put("room/!a:x", JsonObject.of("actions", JsonArray.of(7))).refused(400, "M_INVALID_PARAM");
        for (var unknown : List.of("notifi", "org.matrix.msc2625.mark_unread")) {
            put("room/!a:x", JsonObject.of("actions", JsonArray.of(unknown)))
                    .refused(400, "M_INVALID_PARAM");
        }
        put("room/!a:x", JsonObject.of("actions", JsonArray.of(JsonObject.EMPTY)))
                .refused(400, "M_INVALID_PARAM");
        put("content/a", NOTIFY).refused(400, "M_MISSING_PARAM");
        put("content/a", NOTIFY.with("pattern", 7)).refused(400, "M_BAD_JSON");
        put("override/a", NOTIFY.with("conditions", JsonArray.of("x"))).refused(400, "M_BAD_JSON");
        put("override/a", NOTIFY.with("conditions", JsonArray.of(JsonObject.EMPTY)))
                .refused(400, "M_MISSING_PARAM");
        put("content/a", CAKE.with("pattern", "x".repeat(5_000))).refused(413, "M_TOO_LARGE");
    }

    @Test
    @DisplayName("PUSH-10: there can't be ever more rules")
    void thereIsAnEnd() {
        var rule = CAKE.with("pattern", "x".repeat(3_900));
        int accepted = 0;
        while (accepted < 100 && put("content/" + accepted, rule).status() == 200) {
            accepted++;
        }
        assertTrue(accepted > 20 && accepted < 100, "accepted: " + accepted);
        put("content/more", rule).refused(413, "M_TOO_LARGE");
        alice.client().delete(RULES + "content/0").ok();
        put("content/more", rule).ok();
    }

    @Test
    @DisplayName("PUSH-10: nor more wildcards, against which every message would be held")
    void thereIsAnEndOfWildcards() {
        var dear = CAKE.with("pattern", "*a".repeat(1_000));
        put("content/one", dear).ok();
        put("content/two", dear).ok();
        put("content/three", dear).refused(413, "M_TOO_LARGE");
        put("content/three", CAKE).ok();
    }

    @Test
    @DisplayName("PUSH-11: default rules change their actions and whether they are on, no more")
    void defaultRulesCanBeChanged() {
        var master = "override/.m.rule.master";
        put(master + "/enabled", JsonObject.of("enabled", true)).ok();
        assertTrue(rule(master).bool("enabled"));
        var actions = JsonArray.of("notify", JsonObject.of("set_tweak", "sound", "value", "bing"));
        put("underride/.m.rule.message/actions", JsonObject.of("actions", actions)).ok();
        assertEquals(
                actions,
                alice.client()
                        .get(RULES + "underride/.m.rule.message/actions")
                        .ok()
                        .array("actions"));
        assertTrue(rule("underride/.m.rule.message").bool("default"));
        alice.client().delete(RULES + master).refused(400, "M_INVALID_PARAM");
    }

    /// SyTest: Can add global push rule for content
    @Test
    @DisplayName("PUSH-11: a slash at the end asks for all rules of the kind")
    void allOfAKind() {
        put("content/one", CAKE).ok();
        put("content/two", CAKE).ok();
        var answer = alice.client().get(RULES + "content/");
        assertEquals(200, answer.status());
        assertEquals(
                alice.client().get(RULES).ok().array("content"), JsonReader.read(answer.text()));
        alice.client().get(RULES + "nothing/").refused(404, "M_NOT_FOUND");
    }

    @Test
    @DisplayName("PUSH-11: what isn't there is not found")
    void whatIsNotThereIsNotFound() {
        var none = RULES + "override/none";
        alice.client().get(none).refused(404, "M_NOT_FOUND");
        alice.client().get(none + "/enabled").refused(404, "M_NOT_FOUND");
        alice.client().get(none + "/actions").refused(404, "M_NOT_FOUND");
        alice.client().delete(none).refused(404, "M_NOT_FOUND");
        alice.client().delete(RULES + "override/.none").refused(404, "M_NOT_FOUND");
        put("override/none/enabled", JsonObject.of("enabled", true)).refused(404, "M_NOT_FOUND");
        put("override/none/actions", SILENT).refused(404, "M_NOT_FOUND");
        put("postcontent/none/actions", SILENT).refused(404, "M_NOT_FOUND");
        put("override/.m.rule.master/enabled", JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
        put("override/.m.rule.master/actions", JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
    }

    @Test
    @DisplayName("PUSH-11: a rule is gone once deleted")
    void aRuleIsGoneOnceDeleted() {
        put("content/one", CAKE).ok();
        alice.client().delete(RULES + "content/one").ok();
        assertEquals(List.of(), ids("content"));
        alice.client().delete(RULES + "content/one").refused(404, "M_NOT_FOUND");
    }

    /// PUSH-4. Complement: TestPushRuleCacheHealth
    @Test
    @DisplayName("PUSH-4: an old action is told as it was set, each time")
    void oldActionsAreKept() {
        put("sender/" + escape(alice.id()), JsonObject.of("actions", JsonArray.of("dont_notify")))
                .ok();
        for (int i = 0; i < 2; i++) {
            var rules = alice.client().get("/_matrix/client/v3/pushrules/").ok().object("global");
            assertEquals(
                    JsonArray.of("dont_notify"),
                    rules.array("sender").objects().getFirst().array("actions"));
        }
    }

    private static boolean tellsRules(JsonObject sync) {
        return sync.path("account_data", "events").stream()
                .flatMap(events -> ((JsonArray) events).objects().stream())
                .anyMatch(event ->
                        event.string("type").equals("m.push_rules")
                                && event.object("content").has("global"));
    }

    /// PUSH-12. Complement: TestPushSync, each of its parts
    @Test
    @DisplayName("PUSH-12: each change wakes all devices")
    void eachChangeWakesAllDevices() {
        alice.createRoom(JsonObject.EMPTY);
        var phone = server.login("alice");
        assertTrue(tellsRules(phone.sync()));
        assertFalse(tellsRules(phone.sync()));
        var room = "room/" + escape("!foo:example.com");
        put(room, NOTIFY).ok();
        phone.syncUntil(PushRuleChangesTest::tellsRules);
        put(room + "/enabled", JsonObject.of("enabled", false)).ok();
        phone.syncUntil(PushRuleChangesTest::tellsRules);
        put(room + "/enabled", JsonObject.of("enabled", true)).ok();
        phone.syncUntil(PushRuleChangesTest::tellsRules);
        put(room + "/actions", SILENT).ok();
        phone.syncUntil(PushRuleChangesTest::tellsRules);
        alice.client().delete(RULES + room).ok();
        phone.syncUntil(PushRuleChangesTest::tellsRules);
        assertFalse(tellsRules(phone.sync()));
        alice.forgetSync();
        assertTrue(tellsRules(alice.sync()));
    }

    @Test
    @DisplayName("PUSH-12: a change that changes nothing is no news")
    void noChangeIsNoNews() {
        put("content/one", CAKE).ok();
        alice.sync();
        put("content/one", CAKE).ok();
        assertFalse(tellsRules(alice.sync()));
    }

    /// PUSH-9. Complement: TestPollsLocalPushRules
    @Test
    @DisplayName("PUSH-9: there are rules for polls, those for two people first")
    void thereAreRulesForPolls() {
        var start = "org.matrix.msc3381.poll.start";
        var end = "org.matrix.msc3381.poll.end";
        var rules = ".org.matrix.msc3930.rule.";
        var sound = JsonObject.of("set_tweak", "sound", "value", "default");
        var response = rule("override/" + rules + "poll_response");
        assertEquals(JsonArray.EMPTY, response.array("actions"));
        assertEquals("org.matrix.msc3381.poll.response", type(response));
        assertEquals(1, response.array("conditions").size());
        for (var kind : List.of("start", "end")) {
            var type = kind.equals("start") ? start : end;
            var two = rule("underride/" + rules + "poll_" + kind + "_one_to_one");
            assertEquals(JsonArray.of("notify", sound), two.array("actions"));
            assertEquals(type, type(two));
            assertEquals(2, two.array("conditions").size());
            var all = rule("underride/" + rules + "poll_" + kind);
            assertEquals(JsonArray.of("notify"), all.array("actions"));
            assertEquals(type, type(all));
            assertTrue(all.bool("default") && all.bool("enabled"));
            var order = alice.client().get(RULES).ok().array("underride").objects();
            assertTrue(order.indexOf(two) < order.indexOf(all));
        }
    }

    private static String type(JsonObject rule) {
        return rule.array("conditions").objects().stream()
                .filter(condition -> condition.string("kind").equals("event_match"))
                .filter(condition -> condition.string("key").equals("type"))
                .findFirst()
                .orElseThrow()
                .string("pattern");
    }

    @Test
    @DisplayName("PUSH-8: the rules that look into texts are there if they are asked for")
    void legacyRulesAreThereIfAskedFor() {
        var removed =
                List.of(
                        "override/.m.rule.contains_display_name",
                        "override/.m.rule.roomnotif",
                        "content/.m.rule.contains_user_name");
        for (var rule : removed) {
            alice.client().get(RULES + rule).refused(404, "M_NOT_FOUND");
        }
        try (var legacy =
                TestHomeserver.start(java.time.Clock.systemUTC(), "push.legacy_mentions=true")) {
            var bob = legacy.register("bob").client();
            for (var rule : removed) {
                assertTrue(bob.get(RULES + rule).ok().bool("enabled"));
            }
            assertEquals("bob", bob.get(RULES + removed.getLast()).ok().string("pattern"));
        }
    }
}
