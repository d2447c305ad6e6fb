package dev.hearth.account;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// `access_token(digest, user_id, device_id, expires_at, refresh_digest)`, where the last names the
/// refresh token that made it; `refresh_token(digest, user_id, device_id, replaces, superseded)`,
/// where the last names the one that it takes the place of when first used, after which that one is
/// superseded: one such stays for each device, to be told from one that never was; and
/// `registration_token(digest, administrator, uses_left)`. No token itself is stored.
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
            SELECT user_id, device_id, replaces, superseded FROM refresh_token WHERE digest = ?
            """;
    private static final String INSERT_REFRESH =
            """
            INSERT INTO refresh_token(digest, user_id, device_id, replaces, superseded)
            VALUES (?, ?, ?, ?, FALSE)
            """;
    private static final String SUPERSEDE_REFRESH =
            """
            UPDATE refresh_token SET superseded = TRUE WHERE digest = ?
            """;
    private static final String DELETE_SUPERSEDED =
            """
            DELETE FROM refresh_token
            WHERE user_id = ? AND device_id = ? AND superseded = TRUE AND digest <> ?
            """;
    private static final String DELETE_EXPIRED =
            """
            DELETE FROM access_token WHERE user_id = ? AND device_id = ? AND expires_at < ?
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

    record Refresh(UserId user, DeviceId device, Optional<byte[]> replaces, boolean superseded) {}

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

    /// The first use of an access token that was refreshed.
    void settle(Transaction tx, byte[] accessDigest) {
        tx.execute(SETTLE_ACCESS, accessDigest);
    }

    /// The first use of what a refresh token was exchanged for: it isn't good any more.
    void supersede(Transaction tx, UserId user, DeviceId device, byte[] replaced) {
        tx.execute(SUPERSEDE_REFRESH, replaced);
        tx.execute(DELETE_SUPERSEDED, user, device, replaced);
    }

    /// Forgets the access tokens of a device that expired before.
    void deleteExpired(Transaction tx, UserId user, DeviceId device, long before) {
        tx.execute(DELETE_EXPIRED, user, device, before);
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
                                row.findBytes("replaces"),
                                row.bool("superseded")),
                digest);
    }

    void insertRefresh(Transaction tx, byte[] digest, Refresh refresh) {
        tx.execute(INSERT_REFRESH, digest, refresh.user(), refresh.device(), refresh.replaces());
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
