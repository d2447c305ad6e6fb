package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;

import dev.hearth.error.ErrorCode;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import java.util.List;

/// Logging in by somebody else's word. Nobody's is taken here, which is what clients are told that
/// ask nevertheless: `GET /login` doesn't offer it (SSO-1).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#sso-client-loginauthentication SSO client
///   login
final class SingleSignOn {

    void declare(Routes routes) {
        for (var path :
                List.of(
                        "v3/login/sso/redirect",
                        "v3/login/sso/redirect/{idpId}",
                        "unstable/org.matrix.msc2858/login/sso/redirect/{idpId}",
                        "v3/login/cas/redirect")) {
            routes.open().get("/_matrix/client/" + path, SingleSignOn::redirect);
        }
    }

    private static Response redirect(OpenRequest request) {
        throw error(ErrorCode.M_UNRECOGNIZED, "This server has no single sign-on");
    }
}
