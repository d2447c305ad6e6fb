package dev.hearth.account;

import dev.hearth.error.MatrixException;
import dev.hearth.http.Requester;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Access tokens, refresh tokens and registration tokens.
///
/// A refresh token stays good until what it was exchanged for is first used (TOK-6), so that an
/// answer lost on the way locks nobody out. Whose an access token is stands in a bounded cache,
/// which loses its entries after the commit that ends them.
final class Tokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    /// How long an expired access token is still known as one: whoever presents it is not to lose
    /// their keys (TOK-2).
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private static final int CACHED = 10_000;

    private final Database database;
    private final AccountStore accounts;
    private final TokenStore store = new TokenStore();
    private final Secrets secrets;
    private final Clock clock;
    private final ConcurrentHashMap<String, Known> cache = new ConcurrentHashMap<>();

    private final AtomicLong endings = new AtomicLong();

    private record Known(Requester requester, Optional<Long> expiresAt) {}

    /// What a login gives to the client.
    record Session(
            UserId user, DeviceId device, String accessToken, Optional<String> refreshToken) {

        JsonObject json() {
            var json =
                    JsonObject.builder()
                            .put("user_id", user)
                            .put("home_server", user.server())
                            .put("access_token", accessToken)
                            .put("device_id", device)
                            .putIfPresent("refresh_token", refreshToken);
            if (refreshToken.isPresent()) {
                json.put("expires_in_ms", LIFETIME.toMillis());
            }
            return json.build();
        }
    }

    Tokens(Database database, AccountStore accounts, Secrets secrets, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.secrets = secrets;
        this.clock = clock;
    }

    Requester requester(String token) {
        var known = cache.get(token);
        if (known == null) {
            known = remember(token);
        }
        if (known.expiresAt().filter(end -> end <= clock.millis()).isPresent()) {
            throw new MatrixException.UnknownToken(true);
        }
        return known.requester();
    }

    /// What was looked up while a session ended may be its last trace: it isn't kept.
    private Known remember(String token) {
        long before = endings.get();
        var known = look(token);
        if (cache.size() >= CACHED) {
            cache.clear();
        }
        cache.put(token, known);
        if (endings.get() != before) {
            cache.remove(token);
        }
        return known;
    }

    private Known look(String token) {
        var digest = Secrets.digest(token);
        var access =
                database.read(reading -> store.findAccess(reading, digest))
                        .orElseThrow(() -> new MatrixException.UnknownToken(false));
        if (access.refreshedBy().isPresent()) {
            database.change(tx -> {
                store.settle(tx, digest);
                supersede(tx, access.user(), access.device(), access.refreshedBy().get());
            });
        }
        var account =
                database.read(reading -> accounts.find(reading, access.user()))
                        .orElseThrow(() -> new MatrixException.UnknownToken(false));
        return new Known(requester(account, access.device()), access.expiresAt());
    }

    private static Requester requester(Account account, DeviceId device) {
        return new Requester(
                account.user(),
                device,
                account.isGuest(),
                account.isAdministrator(),
                account.restraint());
    }

    Session begin(Transaction tx, UserId user, DeviceId device, boolean refreshable) {
        return refreshable
                ? beginRefreshable(tx, user, device, Optional.empty())
                : beginLasting(tx, user, device);
    }

    private Session beginLasting(Transaction tx, UserId user, DeviceId device) {
        var token = secrets.token();
        store.insertAccess(
                tx,
                Secrets.digest(token),
                new TokenStore.Access(user, device, Optional.empty(), Optional.empty()));
        return new Session(user, device, token, Optional.empty());
    }

    private Session beginRefreshable(
            Transaction tx, UserId user, DeviceId device, Optional<byte[]> replaces) {
        var access = secrets.token();
        var refresh = secrets.token();
        var end = Optional.of(clock.millis() + LIFETIME.toMillis());
        store.insertAccess(
                tx, Secrets.digest(access), new TokenStore.Access(user, device, end, replaces));
        store.insertRefresh(
                tx, Secrets.digest(refresh), new TokenStore.Refresh(user, device, replaces, false));
        return new Session(user, device, access, Optional.of(refresh));
    }

    private void supersede(Transaction tx, UserId user, DeviceId device, byte[] replaced) {
        store.supersede(tx, user, device, replaced);
        store.deleteExpired(tx, user, device, clock.millis() - REMEMBERED.toMillis());
    }

    Session refresh(String refreshToken) {
        var digest = Secrets.digest(refreshToken);
        return database.transact(tx -> {
            var known =
                    store.findRefresh(tx, digest)
                            .orElseThrow(() -> new MatrixException.UnknownToken(false));
            if (known.superseded()) {
                throw new MatrixException.UnknownToken(true);
            }
            accounts.find(tx, known.user()).ifPresent(Account::requireInUse);
            known.replaces().ifPresent(old -> supersede(tx, known.user(), known.device(), old));
            return beginRefreshable(tx, known.user(), known.device(), Optional.of(digest));
        });
    }

    /// Ends the tokens of a device.
    void end(Transaction tx, UserId user, DeviceId device) {
        store.deleteOfDevice(tx, user, device);
        tx.afterCommit(
                () -> forget(known -> known.user().equals(user) && known.device().equals(device)));
    }

    /// What is known of a user is different from now on.
    void changed(Transaction tx, UserId user) {
        tx.afterCommit(() -> forget(known -> known.user().equals(user)));
    }

    private void forget(Predicate<Requester> which) {
        endings.incrementAndGet();
        cache.values().removeIf(known -> which.test(known.requester()));
    }

    String newRegistrationToken(Transaction tx) {
        var token = secrets.token();
        store.insertRegistration(tx, Secrets.digest(token), false);
        return token;
    }

    String newAdministratorToken(Transaction tx) {
        store.deleteAdministratorTokens(tx);
        var token = secrets.token();
        store.insertRegistration(tx, Secrets.digest(token), true);
        return token;
    }

    boolean isRegistrationToken(String token) {
        var digest = Secrets.digest(token);
        return database.read(reading -> store.findRegistration(reading, digest)).isPresent();
    }

    /// Uses up a registration token, and tells whether it makes an administrator; empty if it isn't
    /// good any more.
    Optional<Boolean> useRegistrationToken(Transaction tx, String token) {
        var digest = Secrets.digest(token);
        var administrator = store.findRegistration(tx, digest);
        return store.useRegistration(tx, digest) ? administrator : Optional.empty();
    }
}
