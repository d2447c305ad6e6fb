package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.time.Duration;

/// Tokens by which users show to somebody else's service who they are: the service asks this server
/// whose a token is. They open nothing else.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#openid OpenID
final class OpenId {

    private static final Duration LIFETIME = Duration.ofHours(1);

    /// One user doesn't fill the disk: the oldest make room.
    private static final int MAX_TOKENS = 100;

    private final Accounts accounts;
    private final OpenIdStore store = new OpenIdStore();
    private final Clock clock;

    OpenId(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .post("/_matrix/client/v3/user/{userId}/openid/request_token", this::give);
        routes.open().get("/_matrix/federation/v1/openid/userinfo", this::userInfo);
    }

    /// OID-1: services that aren't servers ask too, so that nobody signs this.
    ///
    /// @spec https://spec.matrix.org/v1.19/server-server-api/#openid OpenID
    private Response userInfo(OpenRequest request) {
        var token =
                request.query("access_token")
                        .orElseThrow(() ->
                                error(
                                        ErrorCode.M_MISSING_TOKEN,
                                        "access_token: missing; it is one for OpenID"));
        return Response.json(JsonObject.of("sub", user(token)));
    }

    /// Whose a token is.
    ///
    /// @throws MatrixException if it is nobody's, or not any more
    private UserId user(String token) {
        return accounts.database()
                .read(reading ->
                        store.find(reading, Secrets.digest(token))
                                .filter(found -> found.expiresAt() > clock.millis())
                                .map(OpenIdStore.Token::user)
                                .filter(user -> accounts.isInUse(reading, user)))
                .orElseThrow(() ->
                        error(
                                ErrorCode.M_UNKNOWN_TOKEN,
                                "This OpenID token is not good, or not any more"));
    }

    private Response give(ClientRequest request) {
        var user = request.ownUserId();
        request.bodyOrEmpty();
        var token = accounts.secrets().token();
        long now = clock.millis();
        accounts.database()
                .change(tx -> {
                    store.deleteUntil(tx, user, now);
                    store.endBeforeNewest(tx, user, MAX_TOKENS - 1)
                            .ifPresent(end -> store.deleteUntil(tx, user, end));
                    store.insert(
                            tx,
                            Secrets.digest(token),
                            new OpenIdStore.Token(user, now + LIFETIME.toMillis()));
                });
        return Response.json(
                JsonObject.of(
                        "access_token",
                        token,
                        "token_type",
                        "Bearer",
                        "matrix_server_name",
                        accounts.server(),
                        "expires_in",
                        LIFETIME.toSeconds()));
    }

    /// With an account go its tokens.
    void accountRemoved(Transaction tx, UserId user) {
        store.deleteUntil(tx, user, Long.MAX_VALUE);
    }
}
