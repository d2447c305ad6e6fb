package dev.hearth.account;

import dev.hearth.configuration.Registration;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `account(user_id, password, administrator, deactivated, departing, erased_at, created_at, guest,
/// locked, suspended)`, where a user is departing until all is done that follows from deactivation,
/// and was erased at a position if at all; `accepted_terms(user_id, policy, version, accepted_at)`;
/// and `device(user_id, device_id, display_name, last_seen_ts, last_seen_ip,
/// last_seen_user_agent)`.
final class AccountStore {

    private static final String FIND =
            """
            SELECT user_id, password, administrator, guest, deactivated, locked, suspended
            FROM account WHERE user_id = ?
            """;
    private static final String ANY =
            """
            SELECT COUNT(*) AS n FROM account
            """;
    private static final String INSERT =
            """
            INSERT INTO account
            (user_id, password, administrator, guest, deactivated, departing, created_at)
            VALUES (?, ?, ?, ?, FALSE, FALSE, ?)
            """;
    private static final String SET_PASSWORD =
            """
            UPDATE account SET password = ? WHERE user_id = ?
            """;
    private static final String UPGRADE =
            """
            UPDATE account SET password = ?, administrator = ?, guest = FALSE WHERE user_id = ?
            """;
    private static final String LOCK =
            """
            UPDATE account SET locked = ? WHERE user_id = ?
            """;
    private static final String SUSPEND =
            """
            UPDATE account SET suspended = ? WHERE user_id = ?
            """;
    private static final String ACCEPT_AGAIN =
            """
            UPDATE accepted_terms SET version = ?, accepted_at = ?
            WHERE user_id = ? AND policy = ?
            """;
    private static final String ACCEPT =
            """
            INSERT INTO accepted_terms(version, accepted_at, user_id, policy) VALUES (?, ?, ?, ?)
            """;
    private static final String ACCEPTED =
            """
            SELECT policy, version FROM accepted_terms WHERE user_id = ?
            """;
    private static final String DEACTIVATE =
            """
            UPDATE account
            SET password = NULL, deactivated = TRUE, departing = TRUE, erased_at = ?
            WHERE user_id = ?
            """;
    private static final String ERASED =
            """
            SELECT user_id, erased_at FROM account WHERE erased_at > 0
            """;
    private static final String DEPARTING =
            """
            SELECT user_id FROM account WHERE departing = TRUE
            """;
    private static final String DEPARTED =
            """
            UPDATE account SET departing = FALSE WHERE user_id = ?
            """;
    private static final String DEVICES =
            """
            SELECT device_id, display_name, last_seen_ts, last_seen_ip, last_seen_user_agent
            FROM device WHERE user_id = ? ORDER BY user_id, device_id
            """;
    private static final String DEVICE =
            """
            SELECT device_id, display_name, last_seen_ts, last_seen_ip, last_seen_user_agent
            FROM device WHERE user_id = ? AND device_id = ?
            """;
    private static final String INSERT_DEVICE =
            """
            INSERT INTO device(user_id, device_id, display_name) VALUES (?, ?, ?)
            """;
    private static final String RENAME_DEVICE =
            """
            UPDATE device SET display_name = ? WHERE user_id = ? AND device_id = ?
            """;
    private static final String LOGGED_IN =
            """
            UPDATE device SET last_seen_ts = ? WHERE user_id = ? AND device_id = ?
            """;
    private static final String SEE_DEVICE =
            """
            UPDATE device SET last_seen_ts = ?, last_seen_ip = ?, last_seen_user_agent = ?
            WHERE user_id = ? AND device_id = ?
            """;
    private static final String DELETE_DEVICE =
            """
            DELETE FROM device WHERE user_id = ? AND device_id = ?
            """;

    Optional<Account> find(Reading reading, UserId user) {
        return reading.find(FIND, AccountStore::account, user);
    }

    boolean isEmpty(Reading reading) {
        return reading.find(ANY, row -> row.integer("n")).orElse(0L) == 0;
    }

    void insert(Transaction tx, Account account, long now) {
        tx.execute(
                INSERT,
                account.user(),
                account.password(),
                account.isAdministrator(),
                account.isGuest(),
                now);
    }

    /// What was a guest's account is from now on that of somebody who stays.
    void upgrade(Transaction tx, Account account) {
        tx.execute(UPGRADE, account.password(), account.isAdministrator(), account.user());
    }

    void acceptTerms(Transaction tx, UserId user, Registration.Policy policy, long now) {
        if (tx.execute(ACCEPT_AGAIN, policy.version(), now, user, policy.id()) == 0) {
            tx.execute(ACCEPT, policy.version(), now, user, policy.id());
        }
    }

    /// The versions of the policies that a user agreed to.
    Map<String, String> acceptedTerms(Reading reading, UserId user) {
        var accepted = new HashMap<String, String>();
        reading.each(
                ACCEPTED, row -> accepted.put(row.string("policy"), row.string("version")), user);
        return accepted;
    }

    void lock(Transaction tx, UserId user, boolean locked) {
        tx.execute(LOCK, locked, user);
    }

    void suspend(Transaction tx, UserId user, boolean suspended) {
        tx.execute(SUSPEND, suspended, user);
    }

    void setPassword(Transaction tx, UserId user, String password) {
        tx.execute(SET_PASSWORD, password, user);
    }

    void deactivate(Transaction tx, UserId user, Optional<Long> erasedAt) {
        tx.execute(DEACTIVATE, erasedAt, user);
    }

    Map<UserId, Long> erased(Reading reading) {
        var erased = new HashMap<UserId, Long>();
        reading.each(
                ERASED,
                row -> erased.put(UserId.parse(row.string("user_id")), row.integer("erased_at")));
        return erased;
    }

    List<UserId> departing(Reading reading) {
        return reading.list(DEPARTING, row -> UserId.parse(row.string("user_id")));
    }

    void departed(Transaction tx, UserId user) {
        tx.execute(DEPARTED, user);
    }

    List<Device> devices(Reading reading, UserId user) {
        return reading.list(DEVICES, AccountStore::device, user);
    }

    Optional<Device> findDevice(Reading reading, UserId user, DeviceId device) {
        return reading.find(DEVICE, AccountStore::device, user, device);
    }

    void insertDevice(Transaction tx, UserId user, Device device) {
        tx.execute(INSERT_DEVICE, user, device.id(), device.displayName());
    }

    /// Somebody who just came in will be back: their device isn't one that was never seen.
    void loggedIn(Transaction tx, UserId user, DeviceId device, long now) {
        tx.execute(LOGGED_IN, now, user, device);
    }

    boolean renameDevice(Transaction tx, UserId user, DeviceId device, String name) {
        return tx.execute(RENAME_DEVICE, name, user, device) > 0;
    }

    void see(Transaction tx, UserId user, DeviceId device, Sightings.Sighting sighting) {
        tx.execute(
                SEE_DEVICE,
                sighting.time(),
                sighting.address(),
                sighting.userAgent(),
                user,
                device);
    }

    boolean deleteDevice(Transaction tx, UserId user, DeviceId device) {
        return tx.execute(DELETE_DEVICE, user, device) > 0;
    }

    private static Account account(Row row) {
        return new Account(
                UserId.parse(row.string("user_id")),
                row.findString("password"),
                kind(row),
                row.bool("deactivated"),
                row.bool("locked"),
                row.bool("suspended"));
    }

    private static Account.Kind kind(Row row) {
        if (row.bool("guest")) {
            return Account.Kind.GUEST;
        }
        return row.bool("administrator") ? Account.Kind.ADMINISTRATOR : Account.Kind.USER;
    }

    private static Device device(Row row) {
        return new Device(
                DeviceId.parse(row.string("device_id")),
                row.findString("display_name"),
                row.findInteger("last_seen_ts"),
                row.findString("last_seen_ip"),
                row.findString("last_seen_user_agent"));
    }
}
