package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.configuration.Configuration;
import dev.hearth.error.ErrorCode;
import dev.hearth.http.Authenticator;
import dev.hearth.http.RateLimits;
import dev.hearth.http.Requester;
import dev.hearth.http.Restraint;
import dev.hearth.http.Routes;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.outgoing.Outgoing;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The local users, their devices and tokens.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#client-authentication Client
///   authentication
public final class Accounts implements Authenticator {

    private final Database database;
    private final ServerName server;
    private final Clock clock;
    private final Configuration configuration;
    private final AccountStore store = new AccountStore();
    private final Secrets secrets;
    private final Credentials credentials;
    private final Tokens tokens;
    private final Stages stages;
    private final UserInteractive userInteractive;
    private final OpenId openId;
    private final Sightings sightings;
    private final Devices devices;

    /// Few do that, so all are in memory.
    private final Map<UserId, Long> erased;

    private final List<AccountListener> accountListeners = new ArrayList<>();

    /// Hears, inside the transaction, that there is a device, that it is no more, or that it has a
    /// new name.
    public interface DeviceListener {
        /// There will be such a device, unless it is refused by an exception.
        void added(Transaction tx, UserId user, DeviceId device);

        void removed(Transaction tx, UserId user, DeviceId device);

        void renamed(Transaction tx, UserId user, DeviceId device);
    }

    /// Hears of people who come and go.
    public interface AccountListener {

        /// There is a new user, who is called by this name at first; inside the transaction.
        void created(Transaction tx, UserId user, String displayName);

        /// An account ended; inside the transaction.
        void deactivated(Transaction tx, UserId user);

        /// What a deactivated user leaves behind and takes longer than a transaction should: called
        /// until it returns once, after a restart again.
        void departed(UserId user);
    }

    public Accounts(
            Database database,
            Configuration configuration,
            NewsBoard<UserId> news,
            Outgoing outgoing,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.server = configuration.serverName();
        this.configuration = configuration;
        this.clock = clock;
        this.secrets = new Secrets(random);
        var passwords = new Passwords(configuration.password().hashCost(), random);
        var limits = RateLimits.of(configuration.rateLimits(), clock);
        this.credentials = new Credentials(database, store, passwords, limits);
        this.tokens = new Tokens(database, store, secrets, clock);
        this.stages = new Stages(this, configuration.registration(), outgoing);
        this.userInteractive = new UserInteractive(stages, secrets, clock);
        this.openId = new OpenId(this, clock);
        this.sightings = new Sightings(database, store, clock);
        this.devices =
                new Devices(
                        store,
                        tokens,
                        sightings,
                        new DeviceLimit(configuration.devices().maxPerUser()),
                        secrets,
                        clock,
                        news);
        this.erased = new ConcurrentHashMap<>(database.read(store::erased));
    }

    public void declare(Routes routes) {
        new LoginEndpoints(this, new LoginTokens(secrets, clock)).declare(routes);
        new RegistrationEndpoints(
                        this, configuration.registration(), stages, new RecentRegistrations(clock))
                .declare(routes);
        openId.declare(routes);
        new DeviceEndpoints(this).declare(routes);
        new SingleSignOn().declare(routes);
        new ModerationEndpoints(this, store).declare(routes);
        new FallbackPages(userInteractive, configuration.registration()).declare(routes);
        configuration
                .registration()
                .sharedSecret()
                .ifPresent(secret -> new SharedSecretRegistration(this, secret).declare(routes));
    }

    /// Before the first request: who is told when devices change.
    public void onDeviceChange(DeviceListener listener) {
        devices.onChange(listener);
    }

    /// Before the first request: who is told when people come and go.
    public void onAccountChange(AccountListener listener) {
        accountListeners.add(listener);
    }

    public UserInteractive userInteractive() {
        return userInteractive;
    }

    @Override
    public Requester authenticate(String accessToken) {
        return tokens.requester(accessToken);
    }

    @Override
    public void seen(Requester requester, String clientAddress, String userAgent) {
        sightings.note(requester, clientAddress, userAgent);
    }

    /// Writes down when devices were last seen; meant for once a few minutes, and before the end.
    public void writeSightings() {
        sightings.write();
    }

    /// The position at which a user had themselves erased, if they did.
    public Optional<Long> erasedAt(UserId user) {
        return Optional.ofNullable(erased.get(user));
    }

    public boolean exists(Reading reading, UserId user) {
        return user.isOn(server) && store.find(reading, user).isPresent();
    }

    /// Refuses a user of another server.
    public void requireLocal(UserId user) {
        if (!user.isOn(server)) {
            throw invalidParam(user + " is not a user of this server");
        }
    }

    /// Who has this name here, if anybody.
    public UserId localUser(String localpart) {
        return UserId.parse("@" + localpart + ":" + server);
    }

    /// The user's devices.
    public List<Device> devices(Reading reading, UserId user) {
        return devices.of(reading, user);
    }

    /// A registration token with which the first person becomes administrator, renewed at each
    /// start; empty once there is an account.
    public Optional<String> firstAdministratorToken() {
        return database.transact(tx ->
                store.isEmpty(tx)
                        ? Optional.of(tokens.newAdministratorToken(tx))
                        : Optional.empty());
    }

    /// A registration token for one more person.
    public String newToken() {
        return database.transact(tokens::newRegistrationToken);
    }

    ServerName server() {
        return server;
    }

    Database database() {
        return database;
    }

    Secrets secrets() {
        return secrets;
    }

    Credentials credentials() {
        return credentials;
    }

    Devices devices() {
        return devices;
    }

    Tokens tokens() {
        return tokens;
    }

    /// The ID of a new user, whose name is mapped to lower case (ACC-2).
    UserId newUserId(Optional<String> wanted) {
        var localpart = wanted.orElseGet(secrets::localpart).toLowerCase(Locale.ROOT);
        var user = UserId.find("@" + localpart + ":" + server);
        if (user.isEmpty()
                || !user.get().isValidForRegistration()
                || localpart.startsWith("_")
                || localpart.chars().allMatch(Character::isDigit)) {
            throw error(
                    ErrorCode.M_INVALID_USERNAME,
                    "A user name is made of a-z, 0-9 and . _ = - / +, has no underscore first, and"
                            + " is not a number; with the server's name it has at most 255 bytes");
        }
        if (localpart.equals(configuration.serverNotices().localpart())) {
            throw error(ErrorCode.M_EXCLUSIVE, "The server itself speaks under this name");
        }
        return user.get();
    }

    /// The ID of a new guest: a number, which no other user has.
    UserId newGuestId() {
        return localUser(secrets.number());
    }

    void requireFree(Reading reading, UserId user) {
        if (store.find(reading, user).isPresent()) {
            throw error(ErrorCode.M_USER_IN_USE, "This user name is taken");
        }
    }

    /// Whether a local user only looks in.
    public boolean isGuest(Reading reading, UserId user) {
        return store.find(reading, user).filter(Account::isGuest).isPresent();
    }

    /// What a local user is kept from.
    public Restraint restraint(Reading reading, UserId user) {
        return store.find(reading, user).map(Account::restraint).orElse(Restraint.NONE);
    }

    /// An account in whose name the server itself speaks: nobody logs in to it.
    public void createWithoutPassword(Transaction tx, UserId user, String displayName) {
        create(tx, Account.unattended(user), Optional.of(displayName));
    }

    /// The user agreed to all policies as they are now.
    void acceptTerms(Transaction tx, UserId user) {
        for (var policy : configuration.registration().terms()) {
            store.acceptTerms(tx, user, policy, clock.millis());
        }
    }

    /// Who was a guest stays, under the same name and in the same rooms.
    void upgrade(Transaction tx, Account account) {
        if (!isGuest(tx, account.user())) {
            throw forbidden("This guest has an account already");
        }
        store.upgrade(tx, account);
        tokens.changed(tx, account.user());
    }

    /// Makes an account. Whoever gives no other name is called by the user name at first.
    void create(Transaction tx, Account account, Optional<String> displayName) {
        var user = account.user();
        requireFree(tx, user);
        store.insert(tx, account, clock.millis());
        var name = displayName.orElseGet(user::localpart);
        accountListeners.forEach(listener -> listener.created(tx, user, name));
    }

    /// Refuses an account that ended, or is locked.
    void requireInUse(UserId user) {
        database.read(reading -> store.find(reading, user)).ifPresent(Account::requireInUse);
    }

    /// Whether there is such a local user, who may use their account.
    boolean isInUse(Reading reading, UserId user) {
        return store.find(reading, user).filter(Account::isInUse).isPresent();
    }

    /// Whether there is such a local user, and still is.
    public boolean remains(Reading reading, UserId user) {
        return store.find(reading, user).filter(account -> !account.deactivated()).isPresent();
    }

    void changePassword(UserId user, String password, boolean logOut, DeviceId keep) {
        var hash = credentials.hash(password);
        database.change(tx -> {
            store.setPassword(tx, user, hash);
            if (logOut) {
                devices.removeAll(tx, user, Optional.of(keep));
            }
        });
    }

    /// @param erase whether those who come later shall not see what the user said
    void deactivate(UserId user, boolean erase) {
        database.change(tx -> {
            devices.removeAll(tx, user, Optional.empty());
            var erasedAt = erase ? Optional.of(tx.nextPosition()) : Optional.<Long>empty();
            store.deactivate(tx, user, erasedAt);
            openId.accountRemoved(tx, user);
            erasedAt.ifPresent(position -> tx.afterCommit(() -> erased.put(user, position)));
            accountListeners.forEach(listener -> listener.deactivated(tx, user));
        });
        depart(user);
    }

    /// Goes on with what deactivated users left behind when the server stopped amid it.
    public void finishDepartures() {
        database.read(store::departing).forEach(this::depart);
    }

    private void depart(UserId user) {
        accountListeners.forEach(listener -> listener.departed(user));
        database.change(tx -> store.departed(tx, user));
    }
}
