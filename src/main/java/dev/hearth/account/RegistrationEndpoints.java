package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;

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
import java.util.Optional;

/// Making accounts: with a registration token, or freely where that is opened.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#account-registration-and-management
///   Account registration and management
final class RegistrationEndpoints {

    private final Accounts accounts;
    private final Registration configuration;
    private final Stages stages;

    RegistrationEndpoints(Accounts accounts, Registration configuration, Stages stages) {
        this.accounts = accounts;
        this.configuration = configuration;
        this.stages = stages;
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
        var answer = create(body, guest, session);
        accounts.userInteractive().end(session);
        return answer;
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
                    return Response.json(accounts.login(tx, user, wish).json());
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

    private Response create(
            JsonObject body, Optional<UserId> guest, UserInteractive.Session session) {
        var user = guest.orElseGet(() -> accounts.newUserId(body.findString("username")));
        var hash = accounts.credentials().hash(Credentials.good(body.string("password")));
        boolean withoutLogin = body.findBoolean("inhibit_login").orElse(false);
        return accounts.database()
                .transact(tx -> {
                    boolean administrator = session.token().map(t -> use(tx, t)).orElse(false);
                    var account = Account.of(user, hash, administrator);
                    guest.ifPresentOrElse(
                            _ -> accounts.upgrade(tx, account),
                            () -> accounts.create(tx, account, Optional.empty()));
                    if (session.completed().contains(Stages.TERMS)) {
                        accounts.acceptTerms(tx, user);
                    }
                    return withoutLogin
                            ? Response.json(
                                    JsonObject.of("user_id", user, "home_server", user.server()))
                            : Response.json(accounts.login(tx, user, SessionWish.of(body)).json());
                });
    }

    private boolean use(Transaction tx, String token) {
        return accounts.tokens()
                .useRegistrationToken(tx, token)
                .orElseThrow(() -> forbidden("This registration token was used meanwhile"));
    }
}
