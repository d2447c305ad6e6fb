package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What of the specification has a test, as a fact: the rules that implementers get wrong by their
/// numbers (`rules.tsv`), and what the field's conformance suite asserts by the names of its tests
/// (`conformance.tsv`). A test names in a comment what it proves. What is missing is written to
/// `target/missing-rules.txt` and `target/missing-conformance.txt`.
class CoverageTest {

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern RULE = Pattern.compile("\\b([A-Z0-9]{1,5})-([0-9]{1,2})\\b");

    /// At the end of a test's name: `pagesEndWhereTheyAreToldToREAD2`.
    private static final Pattern RULE_IN_NAME =
            Pattern.compile("([A-Z]{2,5})([0-9]{1,2})(?=(?:[A-Z]{2,5}[0-9]{1,2})*\\(\\))");

    private static final Pattern CONFORMANCE = Pattern.compile("\\bTest[A-Z][A-Za-z0-9_]+");

    @Test
    void everyRuleThatIsHereHasATestThatNamesIt() throws IOException {
        var missing = here("rules.tsv");
        missing.removeAll(namedRules());
        report("missing-rules.txt", missing);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyRuleThatATestNamesIsOneOfTheList() throws IOException {
        var rules = table("rules.tsv").keySet();
        var families = rules.stream().map(CoverageTest::family).collect(Collectors.toSet());
        var unknown = namedRules();
        unknown.removeIf(rule -> rules.contains(rule) || !families.contains(family(rule)));
        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyConformanceTestThatIsHereHasOneOfOurs() throws IOException {
        var missing = here("conformance.tsv");
        missing.removeAll(named(CONFORMANCE, MatchResult::group));
        report("missing-conformance.txt", missing);
        assertEquals(Set.of(), missing);
    }

    private static String family(String rule) {
        return rule.substring(0, rule.indexOf('-'));
    }

    private static TreeSet<String> here(String name) throws IOException {
        return table(name).entrySet().stream()
                .filter(entry -> entry.getValue().equals("here"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> table(String name) throws IOException {
        var table = new LinkedHashMap<String, String>();
        Table.rows(name).forEach(row -> table.put(row[0], row[2]));
        return table;
    }

    private static TreeSet<String> namedRules() throws IOException {
        var rules = named(RULE, found -> found.group(1) + "-" + found.group(2));
        rules.addAll(named(RULE_IN_NAME, found -> found.group(1) + "-" + found.group(2)));
        return rules;
    }

    private static TreeSet<String> named(Pattern pattern, Function<MatchResult, String> name)
            throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(CoverageTest::text)
                    .flatMap(text -> pattern.matcher(text).results().map(name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void report(String name, Collection<String> missing) throws IOException {
        Files.write(Path.of("target", name), List.copyOf(missing));
    }
}
