package dev.hearth.account;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// `access_token(digest, user_id, device_id, expires_at, refresh_digest)`, where the last names the
/// refresh token that made it; `refresh_token(digest, user_id, device_id, replaces)`, where the
/// last names the one that it takes the place of when first used; and `registration_token(digest,
/// administrator, uses_left)`. No token itself is stored.
final class TokenStore {

    private static final String FIND_ACCESS =
            """
            SELECT user_id, device_id, expires_at, refresh_digest FROM access_token
            WHERE digest = ?
            """;
    private static final String INSERT_ACCESS =
            """
            INSERT INTO access_token(digest, user_id, device_id, expires_at, refresh_digest)
            VALUES (?, ?, ?, ?, ?)
            """;
    private static final String SETTLE_ACCESS =
            """
            UPDATE access_token SET refresh_digest = NULL WHERE digest = ?
            """;
    private static final String DELETE_ACCESS_OF_DEVICE =
            """
            DELETE FROM access_token WHERE user_id = ? AND device_id = ?
            """;
    private static final String FIND_REFRESH =
            """
            SELECT user_id, device_id, replaces FROM refresh_token WHERE digest = ?
            """;
    private static final String INSERT_REFRESH =
            """
            INSERT INTO refresh_token(digest, user_id, device_id, replaces) VALUES (?, ?, ?, ?)
            """;
    private static final String DELETE_REFRESH =
            """
            DELETE FROM refresh_token WHERE digest = ?
            """;
    private static final String DELETE_REFRESH_OF_DEVICE =
            """
            DELETE FROM refresh_token WHERE user_id = ? AND device_id = ?
            """;
    private static final String FIND_REGISTRATION =
            """
            SELECT administrator, uses_left FROM registration_token WHERE digest = ?
            """;
    private static final String INSERT_REGISTRATION =
            """
            INSERT INTO registration_token(digest, administrator, uses_left) VALUES (?, ?, 1)
            """;
    private static final String USE_REGISTRATION =
            """
            DELETE FROM registration_token WHERE digest = ?
            """;
    private static final String DELETE_ADMINISTRATORS =
            """
            DELETE FROM registration_token WHERE administrator = TRUE
            """;

    /// Whose an access token is.
    ///
    /// @param expiresAt milliseconds since 1970
    /// @param refreshedBy the refresh token whose successor this came with, until its first use
    record Access(
            UserId user, DeviceId device, Optional<Long> expiresAt, Optional<byte[]> refreshedBy) {}

    record Refresh(UserId user, DeviceId device, Optional<byte[]> replaces) {}

    Optional<Access> findAccess(Reading reading, byte[] digest) {
        return reading.find(FIND_ACCESS, TokenStore::access, digest);
    }

    void insertAccess(Transaction tx, byte[] digest, Access access) {
        tx.execute(
                INSERT_ACCESS,
                digest,
                access.user(),
                access.device(),
                access.expiresAt(),
                access.refreshedBy());
    }

    /// The first use of a refreshed token: what it replaced is gone.
    void settle(Transaction tx, byte[] accessDigest, byte[] replaced) {
        tx.execute(SETTLE_ACCESS, accessDigest);
        tx.execute(DELETE_REFRESH, replaced);
    }

    void deleteOfDevice(Transaction tx, UserId user, DeviceId device) {
        tx.execute(DELETE_ACCESS_OF_DEVICE, user, device);
        tx.execute(DELETE_REFRESH_OF_DEVICE, user, device);
    }

    Optional<Refresh> findRefresh(Reading reading, byte[] digest) {
        return reading.find(
                FIND_REFRESH,
                row ->
                        new Refresh(
                                UserId.parse(row.string("user_id")),
                                DeviceId.parse(row.string("device_id")),
                                row.findBytes("replaces")),
                digest);
    }

    void insertRefresh(Transaction tx, byte[] digest, Refresh refresh) {
        tx.execute(INSERT_REFRESH, digest, refresh.user(), refresh.device(), refresh.replaces());
    }

    void deleteRefresh(Transaction tx, byte[] digest) {
        tx.execute(DELETE_REFRESH, digest);
    }

    /// Whether the registration token makes an administrator; empty if it isn't good.
    Optional<Boolean> findRegistration(Reading reading, byte[] digest) {
        return reading.find(FIND_REGISTRATION, row -> row.bool("administrator"), digest);
    }

    void insertRegistration(Transaction tx, byte[] digest, boolean administrator) {
        tx.execute(INSERT_REGISTRATION, digest, administrator);
    }

    boolean useRegistration(Transaction tx, byte[] digest) {
        return tx.execute(USE_REGISTRATION, digest) > 0;
    }

    void deleteAdministratorTokens(Transaction tx) {
        tx.execute(DELETE_ADMINISTRATORS);
    }

    private static Access access(Row row) {
        return new Access(
                UserId.parse(row.string("user_id")),
                DeviceId.parse(row.string("device_id")),
                row.findInteger("expires_at"),
                row.findBytes("refresh_digest"));
    }
}
