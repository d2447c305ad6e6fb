package dev.hearth.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hearth.roomversion.RoomVersion;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/// One row of the table of rules: what is tried, and what each of the twelve room versions says to
/// it. A refusal is expected from a certain rule, so that nothing is refused for a wrong reason.
final class RuleCase {

    private final String what;
    private final Function<RoomVersion, Verdict> story;
    private final Map<RoomVersion, Optional<Rule>> expected = new EnumMap<>(RoomVersion.class);

    private RuleCase(String what, Function<RoomVersion, Verdict> story) {
        this.what = what;
        this.story = story;
    }

    static RuleCase that(String what, Function<RoomVersion, Verdict> story) {
        return new RuleCase(what, story);
    }

    RuleCase isAllowed() {
        return isAllowed(RoomVersion.V1, RoomVersion.V12);
    }

    RuleCase isAllowed(RoomVersion first, RoomVersion last) {
        return expect(first, last, Optional.empty());
    }

    RuleCase isRefusedBy(Rule rule) {
        return isRefusedBy(rule, RoomVersion.V1, RoomVersion.V12);
    }

    RuleCase isRefusedBy(Rule rule, RoomVersion first, RoomVersion last) {
        return expect(first, last, Optional.of(rule));
    }

    private RuleCase expect(RoomVersion first, RoomVersion last, Optional<Rule> verdict) {
        for (var version : EnumSet.range(first, last)) {
            if (expected.put(version, verdict) != null) {
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
                                        "v" + entry.getKey() + ": " + words(entry.getValue()),
                                        () -> check(entry.getKey(), entry.getValue()))));
    }

    private void check(RoomVersion version, Optional<Rule> wanted) {
        var verdict = story.apply(version);
        var rule =
                switch (verdict) {
                    case Verdict.Allowed _ -> Optional.<Rule>empty();
                    case Verdict.Rejected(var by, _) -> Optional.of(by);
                };
        assertEquals(
                words(wanted),
                words(rule),
                () -> what + ", in version " + version + ": " + verdict);
    }

    private static String words(Optional<Rule> rule) {
        return rule.map(name -> "refused by " + name).orElse("allowed");
    }
}
