package dev.hearth.search;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words that are looked for.
///
/// @param phrase all of them as they were typed, folded
record Wanted(String phrase, List<Words.Run> runs) {

    /// How long a text usually is, in words: in longer ones a word counts for less.
    private static final double USUAL_LENGTH = 12;

    private static final int MOST_RUNS = 20;

    static Wanted of(String term) {
        var folded = Words.fold(term).strip();
        return new Wanted(folded, Words.runs(folded).stream().distinct().limit(MOST_RUNS).toList());
    }

    /// What the index is asked for.
    Set<String> pieces() {
        var pieces = new LinkedHashSet<String>();
        runs.forEach(run -> pieces.addAll(run.wanted()));
        return pieces;
    }

    /// How well a text answers, if it has all that is wanted: the more often, the better, and best
    /// where it has it as it was typed.
    Optional<Double> rank(String text) {
        var folded = Words.fold(text);
        Map<String, Integer> counts = new HashMap<>();
        var parts = Words.runs(folded);
        parts.forEach(part -> counts.merge(part.pieces().getFirst(), 1, Integer::sum));
        double rank = 0;
        for (var run : runs) {
            int times =
                    run.unspaced()
                            ? count(folded, run.text())
                            : counts.getOrDefault(run.pieces().getFirst(), 0);
            if (times == 0) {
                return Optional.empty();
            }
            rank += times * 2.2 / (times + 0.3 + 0.9 * parts.size() / USUAL_LENGTH);
        }
        return Optional.of(folded.contains(phrase) ? rank + 1 : rank);
    }

    private static int count(String text, String part) {
        int times = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            times++;
        }
        return times;
    }

    /// The words of a text that are to be highlighted in it, as they stand there.
    Set<String> highlights(String text) {
        var found = new LinkedHashSet<String>();
        for (var part : Words.runs(text)) {
            var folded = Words.fold(part.text());
            for (var run : runs) {
                if (run.unspaced() && folded.contains(run.text())) {
                    found.add(run.text());
                } else if (run.text().equals(folded)) {
                    found.add(part.text());
                }
            }
        }
        return found;
    }
}
