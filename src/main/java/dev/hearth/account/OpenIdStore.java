package dev.hearth.account;

import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// `openid_token(digest, user_id, expires_at)`. No token itself is stored.
final class OpenIdStore {

    private static final String FIND =
            """
            SELECT user_id, expires_at FROM openid_token WHERE digest = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO openid_token(digest, user_id, expires_at) VALUES (?, ?, ?)
            """;
    private static final String DELETE_UNTIL =
            """
            DELETE FROM openid_token WHERE user_id = ? AND expires_at <= ?
            """;
    private static final String END_BEFORE_NEWEST =
            """
            SELECT expires_at FROM openid_token
            WHERE user_id = ? ORDER BY user_id DESC, expires_at DESC LIMIT 1 OFFSET ?
            """;

    /// @param expiresAt milliseconds since 1970
    record Token(UserId user, long expiresAt) {}

    Optional<Token> find(Reading reading, byte[] digest) {
        return reading.find(FIND, OpenIdStore::token, digest);
    }

    void insert(Transaction tx, byte[] digest, Token token) {
        tx.execute(INSERT, digest, token.user(), token.expiresAt());
    }

    /// Forgets the user's tokens that end until then.
    void deleteUntil(Transaction tx, UserId user, long time) {
        tx.execute(DELETE_UNTIL, user, time);
    }

    /// When the user's newest token ends that has so many newer ones beside it.
    Optional<Long> endBeforeNewest(Reading reading, UserId user, int newer) {
        return reading.find(END_BEFORE_NEWEST, row -> row.integer("expires_at"), user, newer);
    }

    private static Token token(Row row) {
        return new Token(UserId.parse(row.string("user_id")), row.integer("expires_at"));
    }
}
