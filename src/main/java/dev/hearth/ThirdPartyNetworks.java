package dev.hearth;

import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import java.util.List;

/// Other networks that can be reached from here: none, as long as no application service bridges to
/// any.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#third-party-networks Third-party networks
final class ThirdPartyNetworks {

    private static final String BASE = "/_matrix/client/v3/thirdparty/";

    void declare(Routes routes) {
        routes.client().get(BASE + "protocols", _ -> Response.empty());
        for (var lookup :
                List.of(
                        "protocol/{protocol}",
                        "location/{protocol}",
                        "user/{protocol}",
                        "location",
                        "user")) {
            routes.client().get(BASE + lookup, ThirdPartyNetworks::nothing);
        }
    }

    private static Response nothing(ClientRequest request) {
        throw notFound("No other network is bridged to this server");
    }
}
