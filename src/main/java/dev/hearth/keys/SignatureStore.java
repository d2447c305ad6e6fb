package dev.hearth.keys;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;

/// `key_signature(position, target, target_key, signer, signer_key, signature)`: signatures that
/// came after the keys which they sign.
final class SignatureStore {

    private static final String LIST =
            """
            SELECT signer, signer_key, signature FROM key_signature
            WHERE target = ? AND target_key = ?
            """;

    private static final String TARGETS_BETWEEN =
            """
            SELECT target FROM key_signature WHERE signer = ? AND position > ? AND position <= ?
            """;

    private static final String DELETE =
            """
            DELETE FROM key_signature
            WHERE target = ? AND target_key = ? AND signer = ? AND signer_key = ?
            """;

    private static final String INSERT =
            """
            INSERT INTO key_signature
            (position, target, target_key, signer, signer_key, signature)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    private static final String DELETE_ON =
            """
            DELETE FROM key_signature WHERE target = ? AND target_key = ?
            """;

    private static final String DELETE_BY =
            """
            DELETE FROM key_signature WHERE signer = ? AND signer_key = ?
            """;

    List<KeySignature> list(Reading reading, KeySignature.Target target) {
        return reading.list(LIST, SignatureStore::read, target.owner(), target.key());
    }

    /// Whose keys a user signed after one position and up to another.
    List<UserId> targetsBetween(Reading reading, UserId signer, long since, long upTo) {
        return reading.list(
                TARGETS_BETWEEN, row -> UserId.parse(row.string("target")), signer, since, upTo);
    }

    void put(Transaction tx, KeySignature.Target target, KeySignature signature) {
        tx.execute(DELETE, target.owner(), target.key(), signature.signer(), signature.key());
        tx.execute(
                INSERT,
                tx.nextPosition(),
                target.owner(),
                target.key(),
                signature.signer(),
                signature.key(),
                signature.signature());
    }

    void deleteOn(Transaction tx, KeySignature.Target target) {
        tx.execute(DELETE_ON, target.owner(), target.key());
    }

    void deleteBy(Transaction tx, UserId signer, KeyId key) {
        tx.execute(DELETE_BY, signer, key);
    }

    private static KeySignature read(Row row) {
        return new KeySignature(
                UserId.parse(row.string("signer")),
                KeyId.parse(row.string("signer_key")),
                row.string("signature"));
    }
}
