package dev.hearth.account;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.unknown;

import dev.hearth.configuration.Secret;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonObject;
import dev.hearth.signing.HmacSha1;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Registration by scripts that know a shared secret, in the form that the reference server has: an
/// HMAC-SHA1 over a nonce, the name, the password and whether it makes an administrator.
final class SharedSecretRegistration {

    private static final String PATH = "/_synapse/admin/v1/register";
    private static final int MAX_NONCES = 1_000;

    private final Accounts accounts;
    private final Secret secret;
    private final Set<String> nonces = new LinkedHashSet<>();

    SharedSecretRegistration(Accounts accounts, Secret secret) {
        this.accounts = accounts;
        this.secret = secret;
    }

    void declare(Routes routes) {
        routes.open().limited(Limit.REGISTRATION).get(PATH, this::nonce).post(PATH, this::register);
    }

    private Response nonce(OpenRequest request) {
        var nonce = accounts.secrets().token();
        remember(nonce);
        return Response.json(JsonObject.of("nonce", nonce));
    }

    private synchronized void remember(String nonce) {
        nonces.add(nonce);
        if (nonces.size() > MAX_NONCES) {
            nonces.remove(nonces.iterator().next());
        }
    }

    private synchronized boolean take(String nonce) {
        return nonces.remove(nonce);
    }

    private Response register(OpenRequest request) {
        var body = request.body();
        var nonce = body.string("nonce");
        var name = body.string("username");
        var password = body.string("password");
        boolean administrator = body.findBoolean("admin").orElse(false);
        if (!take(nonce)) {
            throw unknown("The nonce is not known: ask for one, and use it once");
        }
        var said = String.join("\0", nonce, name, password, administrator ? "admin" : "notadmin");
        var given = HexFormat.of().parseHex(hexadecimal(body.string("mac")));
        if (!MessageDigest.isEqual(given, HmacSha1.of(secret.value(), said))) {
            throw forbidden("The HMAC is wrong");
        }
        var displayName = body.findString("displayname");
        var user = accounts.newUserId(Optional.of(name));
        var hash = accounts.credentials().hash(Credentials.good(password));
        var session =
                accounts.database()
                        .transact(tx -> {
                            accounts.create(tx, Account.of(user, hash, administrator), displayName);
                            return accounts.devices().logIn(tx, user, SessionWish.NONE);
                        });
        return Response.json(session.json());
    }

    private static String hexadecimal(String text) {
        return text.matches("([0-9a-fA-F]{2})*") ? text : "";
    }
}
