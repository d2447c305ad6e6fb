package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;

import dev.hearth.account.RecentRegistrations.Made;
import dev.hearth.configuration.Registration;
import dev.hearth.error.ErrorCode;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Making accounts: with a registration token, or freely where that is opened.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#account-registration-and-management
///   Account registration and management
final class RegistrationEndpoints {

    private final Accounts accounts;
    private final Registration configuration;
    private final Stages stages;
    private final RecentRegistrations recent;

    RegistrationEndpoints(
            Accounts accounts,
            Registration configuration,
            Stages stages,
            RecentRegistrations recent) {
        this.accounts = accounts;
        this.configuration = configuration;
        this.stages = stages;
        this.recent = recent;
    }

    void declare(Routes routes) {
        routes.open()
                .limited(Limit.REGISTRATION)
                .post("/_matrix/client/v3/register", this::register)
                .get("/_matrix/client/v3/register/available", this::available);
        // Clients that don't find v1.2 among the versions ask by the name before it.
        for (var path :
                List.of(
                        "v1/register/m.login.registration_token/validity",
                        "unstable/org.matrix.msc3231/register/"
                                + "org.matrix.msc3231.login.registration_token/validity")) {
            routes.open()
                    .limited(Limit.REGISTRATION)
                    .get("/_matrix/client/" + path, this::tokenValidity);
        }
    }

    private Response available(OpenRequest request) {
        var name = request.query("username").orElseThrow(() -> missingParam("username: missing"));
        requireFree(name);
        return Response.json(JsonObject.of("available", true));
    }

    private Response tokenValidity(OpenRequest request) {
        var token = request.query("token").orElseThrow(() -> missingParam("token: missing"));
        return Response.json(JsonObject.of("valid", accounts.tokens().isRegistrationToken(token)));
    }

    private Response register(OpenRequest request) {
        if (isForGuest(request)) {
            return registerGuest(request.bodyOrEmpty());
        }
        var known = recent.find(request.body());
        if (known.isPresent()) {
            return registerAgain(known.get(), request.body());
        }
        var body = accounts.userInteractive().wholeBody(request, request.body(), Optional.empty());
        // UIA-5: a name that can't be had is refused before anything is to be proven.
        var guest = body.findString("guest_access_token").map(token -> guest(token, body));
        if (guest.isEmpty()) {
            body.findString("username").ifPresent(this::requireFree);
        }
        body.findString("password").ifPresent(Credentials::good);
        var session =
                accounts.userInteractive()
                        .authenticate(request, stages.toRegister(), Optional.empty());
        var made = new Made(guest.orElseGet(() -> newUser(body)), wish(body));
        var answer = create(made, body, guest.isPresent(), session);
        accounts.userInteractive().end(session);
        recent.remember(session.id(), made);
        return answer;
    }

    /// A client that lost the answer repeats its request, and knows the password still.
    private Response registerAgain(Made made, JsonObject body) {
        var name = body.findString("username").map(text -> text.toLowerCase(Locale.ROOT));
        if (name.filter(text -> !text.equals(made.user().localpart())).isPresent()) {
            throw forbidden("This session made another account");
        }
        accounts.credentials().require(made.user(), body.string("password"));
        return accounts.database().transact(tx -> answer(tx, made));
    }

    private Response answer(Transaction tx, Made made) {
        return Response.json(
                made.wish()
                        .map(wish -> accounts.devices().logIn(tx, made.user(), wish).json())
                        .orElseGet(() ->
                                JsonObject.of(
                                        "user_id", made.user(),
                                        "home_server", made.user().server())));
    }

    private static boolean isForGuest(OpenRequest request) {
        return switch (request.query("kind").orElse("user")) {
            case "user" -> false;
            case "guest" -> true;
            case String _ -> throw invalidParam("kind: expected user or guest");
        };
    }

    /// ACC-1: a guest proves nothing and chooses nothing, but how the device is called.
    ///
    /// @spec https://spec.matrix.org/v1.19/client-server-api/#guest-access Guest access
    private Response registerGuest(JsonObject body) {
        if (!configuration.guests()) {
            throw error(ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "This server has no guests");
        }
        var wish = SessionWish.named(body);
        var user = accounts.newGuestId();
        return accounts.database()
                .transact(tx -> {
                    accounts.create(tx, Account.guest(user), Optional.empty());
                    return Response.json(accounts.devices().logIn(tx, user, wish).json());
                });
    }

    /// The guest who wants to stay: they show their token, and keep their name.
    private UserId guest(String token, JsonObject body) {
        var requester = accounts.authenticate(token);
        var name = body.findString("username");
        if (!requester.guest() || !name.equals(Optional.of(requester.user().localpart()))) {
            throw forbidden("The token and the user name must be those of one guest");
        }
        return requester.user();
    }

    private void requireFree(String name) {
        var user = accounts.newUserId(Optional.of(name));
        accounts.database()
                .read(reading -> {
                    accounts.requireFree(reading, user);
                    return true;
                });
    }

    private UserId newUser(JsonObject body) {
        return accounts.newUserId(body.findString("username"));
    }

    private static Optional<SessionWish> wish(JsonObject body) {
        boolean withoutLogin = body.findBoolean("inhibit_login").orElse(false);
        return withoutLogin ? Optional.empty() : Optional.of(SessionWish.of(body));
    }

    private Response create(
            Made made, JsonObject body, boolean isGuest, UserInteractive.Session session) {
        var hash = accounts.credentials().hash(Credentials.good(body.string("password")));
        return accounts.database()
                .transact(tx -> {
                    boolean administrator = session.token().map(t -> use(tx, t)).orElse(false);
                    var account = Account.of(made.user(), hash, administrator);
                    if (isGuest) {
                        accounts.upgrade(tx, account);
                    } else {
                        accounts.create(tx, account, Optional.empty());
                    }
                    if (session.completed().contains(Stages.TERMS)) {
                        accounts.acceptTerms(tx, made.user());
                    }
                    return answer(tx, made);
                });
    }

    private boolean use(Transaction tx, String token) {
        return accounts.tokens()
                .useRegistrationToken(tx, token)
                .orElseThrow(() -> forbidden("This registration token was used meanwhile"));
    }
}
