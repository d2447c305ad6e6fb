package dev.hearth.voip;

import dev.hearth.configuration.Turn;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.signing.HmacSha1;
import java.time.Clock;
import java.util.Base64;

/// Lets users use the TURN server of whoever runs this server: by a name and password that are good
/// for a while, which both servers work out from a secret they share, or by fixed ones.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#voice-over-ip Voice over IP
public final class TurnServer {

    private final Turn settings;
    private final Clock clock;

    public TurnServer(Turn settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    public void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .get("/_matrix/client/v3/voip/turnServer", this::turnServer);
    }

    /// VOIP-1: clients take nothing at all for "there is none".
    private Response turnServer(ClientRequest request) {
        if (settings.uris().isEmpty()) {
            return Response.empty();
        }
        var answer =
                JsonObject.builder()
                        .put("uris", JsonArray.from(settings.uris()))
                        .put("ttl", settings.ttl().toSeconds());
        return Response.json(
                switch (settings.access()) {
                    case Turn.Fixed(var username, var password) ->
                            answer.put("username", username)
                                    .put("password", password.value())
                                    .build();
                    case Turn.Shared(var secret) -> {
                        long end = clock.instant().plus(settings.ttl()).getEpochSecond();
                        var username = end + ":" + request.user();
                        yield answer.put("username", username)
                                .put("password", password(secret.value(), username))
                                .build();
                    }
                });
    }

    private static String password(String secret, String username) {
        return Base64.getEncoder().encodeToString(HmacSha1.of(secret, username));
    }
}
