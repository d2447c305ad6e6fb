package dev.hearth;

import dev.hearth.configuration.Configuration;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;

/// What this server can do.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#api-versions API versions
final class Discovery {

    private final Configuration configuration;

    Discovery(Configuration configuration) {
        this.configuration = configuration;
    }

    void declare(Routes routes) {
        routes.open().get("/_matrix/client/versions", this::versions);
        routes.client().get("/_matrix/client/v3/capabilities", this::capabilities);
    }

    private Response versions(OpenRequest request) {
        var versions = JsonArray.of("v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6");
        return Response.json(
                JsonObject.of("versions", versions, "unstable_features", JsonObject.EMPTY));
    }

    private Response capabilities(ClientRequest request) {
        var available = JsonObject.builder();
        for (var version : RoomVersion.values()) {
            available.put(version.id(), "stable");
        }
        return Response.json(
                JsonObject.of(
                        "capabilities",
                        JsonObject.of(
                                "m.room_versions",
                                JsonObject.of(
                                        "default", configuration.rooms().defaultVersion(),
                                        "available", available.build()),
                                "m.change_password",
                                JsonObject.of("enabled", true))));
    }
}
