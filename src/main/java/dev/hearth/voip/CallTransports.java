package dev.hearth.voip;

import dev.hearth.configuration.Configuration;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;

/// Which servers carry calls. That there are none is an answer too: clients ask again and again
/// where they get another.
///
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4143 MSC4143: MatrixRTC
public final class CallTransports {

    private final JsonObject answer;

    public CallTransports(Configuration.Rtc rtc) {
        this.answer = JsonObject.of("rtc_transports", JsonArray.from(rtc.transports()));
    }

    public void declare(Routes routes) {
        routes.guest()
                .get(
                        "/_matrix/client/unstable/org.matrix.msc4143/rtc/transports",
                        _ -> Response.json(answer));
    }
}
