package dev.hearth.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hearth.event.InvalidEventException;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/// One row of the table of rules: what is tried, and what each of the twelve room versions says to
/// it. A refusal is expected from a certain rule, so that nothing is refused for a wrong reason.
final class RuleCase {

    private static final String ALLOWED = "allowed";
    private static final String NO_EVENT = "no event of this version";

    private final String what;
    private final Map<RoomVersion, String> expected = new EnumMap<>(RoomVersion.class);
    private Function<RoomVersion, RoomScript> room = RoomScript::publicChat;
    private Function<RoomScript, Act> act = _ -> Act.text(RoomScript.ALICE, "Hello");

    private RuleCase(String what) {
        this.what = what;
    }

    static RuleCase that(String what) {
        return new RuleCase(what);
    }

    /// The room in which it is tried.
    RuleCase in(Function<RoomVersion, RoomScript> room) {
        this.room = room;
        return this;
    }

    /// What is tried.
    RuleCase tried(Act act) {
        return tried(_ -> act);
    }

    RuleCase tried(Function<RoomScript, Act> act) {
        this.act = act;
        return this;
    }

    RuleCase isAllowed() {
        return isAllowed(RoomVersion.V1, RoomVersion.V12);
    }

    RuleCase isAllowed(RoomVersion first, RoomVersion last) {
        return expect(first, last, ALLOWED);
    }

    RuleCase isRefusedBy(Rule rule) {
        return isRefusedBy(rule, RoomVersion.V1, RoomVersion.V12);
    }

    RuleCase isRefusedBy(Rule rule, RoomVersion first, RoomVersion last) {
        return expect(first, last, "refused by " + rule);
    }

    /// It doesn't come to the rules, since it hasn't the form of an event.
    RuleCase isNoEvent(RoomVersion first, RoomVersion last) {
        return expect(first, last, NO_EVENT);
    }

    private RuleCase expect(RoomVersion first, RoomVersion last, String outcome) {
        for (var version : EnumSet.range(first, last)) {
            if (expected.put(version, outcome) != null) {
                throw new IllegalStateException(what + ": two expectations for " + version);
            }
        }
        return this;
    }

    /// A table as tests: one for each row and version.
    static Stream<DynamicNode> table(RuleCase... rows) {
        return Stream.of(rows).map(RuleCase::tests);
    }

    private DynamicNode tests() {
        if (expected.size() < RoomVersion.values().length) {
            throw new IllegalStateException(what + ": some version has no expectation");
        }
        return dynamicContainer(
                what,
                expected.entrySet().stream()
                        .map(entry ->
                                dynamicTest(
                                        "v" + entry.getKey() + ": " + entry.getValue(),
                                        () -> check(entry.getKey(), entry.getValue()))));
    }

    private void check(RoomVersion version, String wanted) {
        assertEquals(wanted, outcome(version), () -> what + ", in version " + version);
    }

    private String outcome(RoomVersion version) {
        var script = room.apply(version);
        var tried = act.apply(script);
        try {
            return switch (script.judge(tried)) {
                case Verdict.Allowed _ -> ALLOWED;
                case Verdict.Rejected(var rule, _) -> "refused by " + rule;
            };
        } catch (InvalidEventException _) {
            return NO_EVENT;
        }
    }
}
