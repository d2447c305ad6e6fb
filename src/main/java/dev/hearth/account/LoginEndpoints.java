package dev.hearth.account;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.unknown;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// Logging in and out, refreshing, and what belongs to the account as a whole.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#login Login
final class LoginEndpoints {

    private static final String TOKEN = "m.login.token";

    private final Accounts accounts;
    private final LoginTokens tokens;

    LoginEndpoints(Accounts accounts, LoginTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    void declare(Routes routes) {
        routes.open().limited(Limit.GENERAL).get("/_matrix/client/v3/login", this::flows);
        routes.open()
                .limited(Limit.LOGIN)
                .post("/_matrix/client/v3/login", this::login)
                .post("/_matrix/client/v3/refresh", this::refresh)
                .post("/_matrix/client/unstable/org.matrix.msc2918/refresh", this::refresh);
        routes.client()
                .evenIfLocked()
                .post("/_matrix/client/v3/logout", this::logout)
                .post("/_matrix/client/v3/logout/all", this::logoutAll);
        routes.guest()
                .limited(Limit.GENERAL)
                .get("/_matrix/client/v3/account/whoami", this::whoami);
        // Clients that don't find v1.7 among the versions ask by the names before it; the last of
        // them were told seconds.
        for (var path :
                List.of(
                        "/_matrix/client/v1/login/get_token",
                        "/_matrix/client/unstable/org.matrix.msc3882/login/get_token",
                        "/_matrix/client/unstable/org.matrix.msc3882/login/token")) {
            routes.client().limited(Limit.LOGIN_TOKENS).post(path, this::giveToken);
        }
        routes.client().get("/_matrix/client/v3/account/3pid", LoginEndpoints::addresses);
        // Each guess at a password costs memory and time.
        routes.client()
                .limited(Limit.LOGIN)
                .post("/_matrix/client/v3/account/password", this::changePassword)
                .post("/_matrix/client/v3/account/deactivate", this::deactivate);
    }

    private Response flows(OpenRequest request) {
        return Response.json(
                JsonObject.of(
                        "flows",
                        JsonArray.of(
                                JsonObject.of("type", Stages.PASSWORD),
                                JsonObject.of("type", TOKEN, "get_login_token", true))));
    }

    private Response login(OpenRequest request) {
        var body = request.body();
        var wish = SessionWish.of(body);
        var user = user(body);
        return Response.json(
                accounts.database()
                        .transact(tx -> accounts.devices().logIn(tx, user, wish))
                        .json());
    }

    private UserId user(JsonObject body) {
        return switch (body.string("type")) {
            case Stages.PASSWORD -> byPassword(body);
            case TOKEN -> byToken(body.string("token"));
            default -> throw unknown("This kind of login is not known");
        };
    }

    private UserId byPassword(JsonObject body) {
        var user =
                LoginIdentifier.of(body, accounts.server())
                        .orElseThrow(() -> missingParam("identifier: missing"));
        accounts.credentials().require(user, body.string("password"));
        return user;
    }

    /// TOK-11
    private UserId byToken(String token) {
        var user =
                tokens.take(token)
                        .orElseThrow(() -> forbidden("This token is not good, or not any more"));
        accounts.requireInUse(user);
        return user;
    }

    /// TOK-12: what is proven once is good for one token.
    private Response giveToken(ClientRequest request) {
        accounts.userInteractive().confirm(request);
        return Response.json(
                JsonObject.of(
                        "login_token", tokens.give(request.user()),
                        "expires_in_ms", LoginTokens.LIFETIME.toMillis(),
                        "expires_in", LoginTokens.LIFETIME.toSeconds()));
    }

    private Response refresh(OpenRequest request) {
        var session = accounts.tokens().refresh(request.body().string("refresh_token"));
        return Response.json(session.json().without("user_id", "home_server", "device_id"));
    }

    private Response logout(ClientRequest request) {
        accounts.database()
                .change(tx -> accounts.devices().remove(tx, request.user(), request.device()));
        return Response.empty();
    }

    private Response logoutAll(ClientRequest request) {
        accounts.database()
                .change(tx -> accounts.devices().removeAll(tx, request.user(), Optional.empty()));
        return Response.empty();
    }

    private Response whoami(ClientRequest request) {
        return Response.json(
                JsonObject.of(
                        "user_id", request.user(),
                        "device_id", request.device(),
                        "is_guest", request.requester().guest()));
    }

    /// Addresses are not taken here, so there are none.
    private static Response addresses(ClientRequest request) {
        return Response.json(JsonObject.of("threepids", JsonArray.EMPTY));
    }

    private Response changePassword(ClientRequest request) {
        var body = accounts.userInteractive().wholeBody(request);
        // A first request may bring nothing, to learn what is to be proven.
        var password = body.findString("new_password").map(Credentials::good);
        boolean logOut = body.findBoolean("logout_devices").orElse(true);
        accounts.userInteractive().confirm(request);
        accounts.changePassword(
                request.user(),
                password.orElseThrow(() -> missingParam("new_password: missing")),
                logOut,
                request.device());
        return Response.empty();
    }

    private Response deactivate(ClientRequest request) {
        boolean erase =
                accounts.userInteractive().wholeBody(request).findBoolean("erase").orElse(false);
        accounts.userInteractive().confirm(request);
        accounts.deactivate(request.user(), erase);
        // Nobody's addresses are bound to an identity server here, so none is left bound.
        return Response.json(JsonObject.of("id_server_unbind_result", "success"));
    }
}
