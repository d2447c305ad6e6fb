package dev.hearth.room;

import dev.hearth.concurrent.BoundedCache;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.OptionalLong;

/// Texts that are named again and again (types, state keys, users, devices), each under a small
/// number.
///
/// `word(number, hash, text)`: the hash is the first eight bytes of the text's SHA-256. Two texts
/// can be made to have one hash, so the text is compared, too. A new word is remembered here when
/// its transaction is committed, never before: another could take its number.
final class WordStore {

    private static final String FIND =
            """
            SELECT number, text FROM word WHERE hash = ?
            """;
    private static final String TEXT =
            """
            SELECT text FROM word WHERE number = ?
            """;
    private static final String NEWEST =
            """
            SELECT COALESCE(MAX(number), 0) AS n FROM word
            """;
    private static final String INSERT =
            """
            INSERT INTO word(number, hash, text) VALUES (?, ?, ?)
            """;

    private static final long CACHED_CHARACTERS = 2_000_000;
    private static final int ENTRY_WEIGHT = 60;

    private record Word(long number, String text) {
        long weight() {
            return (long) text.length() + ENTRY_WEIGHT;
        }
    }

    private final BoundedCache<String, Word> byText =
            new BoundedCache<>(CACHED_CHARACTERS, Word::weight);
    private final BoundedCache<Long, Word> byNumber =
            new BoundedCache<>(CACHED_CHARACTERS, Word::weight);

    /// The newest number given; 0 before the first. Touched in transactions only.
    private long newest;

    /// The number of a text, which is given one if it has none.
    long intern(Transaction tx, String text) {
        var found = find(tx, text);
        if (found.isPresent()) {
            return found.getAsLong();
        }
        if (newest == 0) {
            newest = tx.find(NEWEST, row -> row.integer("n")).orElse(0L);
        }
        var word = new Word(++newest, text);
        tx.execute(INSERT, word.number(), EventStore.hash(text), text);
        tx.afterCommit(() -> remember(word));
        return word.number();
    }

    OptionalLong find(Reading reading, String text) {
        var known = byText.find(text);
        if (known.isPresent()) {
            return OptionalLong.of(known.get().number());
        }
        var words =
                reading.list(
                        FIND,
                        row -> new Word(row.integer("number"), row.string("text")),
                        EventStore.hash(text));
        for (var word : words) {
            if (word.text().equals(text)) {
                rememberCommitted(reading, word);
                return OptionalLong.of(word.number());
            }
        }
        return OptionalLong.empty();
    }

    String text(Reading reading, long number) {
        var known = byNumber.find(number);
        if (known.isPresent()) {
            return known.get().text();
        }
        var text = reading.find(TEXT, row -> row.string("text"), number).orElseThrow();
        rememberCommitted(reading, new Word(number, text));
        return text;
    }

    private void rememberCommitted(Reading reading, Word word) {
        if (!(reading instanceof Transaction)) {
            remember(word);
        }
    }

    private void remember(Word word) {
        byText.put(word.text(), word);
        byNumber.put(word.number(), word);
    }
}
