package dev.hearth.search;

import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `directory_user(user_id, due, display_name, avatar_url)`: who can be found, and whose words are
/// to be read anew; `directory_word(word, user_id)`: by what.
final class DirectoryStore {

    private static final String MARK =
            """
            UPDATE directory_user SET due = TRUE WHERE user_id = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO directory_user(user_id, due) VALUES (?, TRUE)
            """;
    private static final String DUE =
            """
            SELECT user_id FROM directory_user WHERE due = TRUE LIMIT ?
            """;
    private static final String UPDATE =
            """
            UPDATE directory_user SET due = FALSE, display_name = ?, avatar_url = ?
            WHERE user_id = ?
            """;
    private static final String DELETE =
            """
            DELETE FROM directory_user WHERE user_id = ?
            """;
    private static final String INSERT_WORD =
            """
            INSERT INTO directory_word(word, user_id) VALUES (?, ?)
            """;
    private static final String DELETE_WORDS =
            """
            DELETE FROM directory_word WHERE user_id = ?
            """;
    private static final String BY_WORD =
            """
            SELECT u.user_id, u.display_name, u.avatar_url
            FROM directory_word w JOIN directory_user u ON u.user_id = w.user_id
            WHERE w.word >= ? AND w.word < ? ORDER BY w.word, w.user_id LIMIT ?
            """;
    private static final String BY_ID =
            """
            SELECT user_id, display_name, avatar_url FROM directory_user
            WHERE user_id >= ? AND user_id < ? ORDER BY user_id LIMIT ?
            """;

    /// Comes after whatever a text is continued by.
    private static final String AFTER_ALL = "\uFFFF";

    void mark(Transaction tx, UserId user) {
        if (tx.execute(MARK, user) == 0) {
            tx.execute(INSERT, user);
        }
    }

    List<UserId> due(Reading reading, int limit) {
        return reading.list(DUE, row -> UserId.parse(row.string("user_id")), limit);
    }

    void put(Transaction tx, DirectoryEntry entry, Set<String> words) {
        tx.execute(UPDATE, entry.displayName(), entry.avatarUrl(), entry.user());
        tx.execute(DELETE_WORDS, entry.user());
        words.forEach(word -> tx.execute(INSERT_WORD, word, entry.user()));
    }

    void delete(Transaction tx, UserId user) {
        tx.execute(DELETE, user);
        tx.execute(DELETE_WORDS, user);
    }

    List<DirectoryEntry> byWord(Reading reading, String beginning, int limit) {
        return reading.list(
                BY_WORD, DirectoryStore::entry, beginning, beginning + AFTER_ALL, limit);
    }

    List<DirectoryEntry> byId(Reading reading, String beginning, int limit) {
        return reading.list(BY_ID, DirectoryStore::entry, beginning, beginning + AFTER_ALL, limit);
    }

    private static DirectoryEntry entry(Row row) {
        Optional<String> name = row.findString("display_name");
        return new DirectoryEntry(
                UserId.parse(row.string("user_id")), name, row.findString("avatar_url"));
    }
}
