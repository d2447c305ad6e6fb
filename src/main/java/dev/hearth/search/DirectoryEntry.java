package dev.hearth.search;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/// A user as the directory knows them.
record DirectoryEntry(UserId user, Optional<String> displayName, Optional<String> avatarUrl) {

    private static final int WORDS = 200;

    private String text() {
        return user.localpart() + " " + displayName.orElse("");
    }

    Set<String> words() {
        return Words.of(text(), WORDS);
    }

    /// How well the user answers to a term; 0 if not at all. Each word must begin one of theirs;
    /// whole words count for more, and a name that begins like the term for most.
    int rank(Wanted wanted) {
        var folded = Words.fold(text());
        var own = words();
        int rank = 0;
        for (var run : wanted.runs()) {
            if (own.contains(run.text())) {
                rank += 2;
            } else if (run.unspaced()
                    ? folded.contains(run.text())
                    : own.stream().anyMatch(word -> word.startsWith(run.text()))) {
                rank += 1;
            } else {
                return 0;
            }
        }
        return Words.fold(displayName.orElse("")).startsWith(wanted.phrase()) ? rank + 3 : rank;
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("user_id", user)
                .putIfPresent("display_name", displayName)
                .putIfPresent("avatar_url", avatarUrl)
                .build();
    }
}
