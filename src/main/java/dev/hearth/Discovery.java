package dev.hearth;

import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.configuration.Configuration;
import dev.hearth.configuration.WellKnown;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What this server can do.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#api-versions API versions
final class Discovery {

    /// v1.1 to v1.19: every endpoint is there but those of whole parts that are not (media, OAuth,
    /// application services, e-mail addresses), which answer as unknown ones.
    private static final JsonArray VERSIONS =
            JsonArray.from(IntStream.rangeClosed(1, 19).mapToObj(minor -> "v1." + minor).toList());

    private static final String DELAYED_EVENTS = "org.matrix.msc4140";
    private static final String THREAD_SUBSCRIPTIONS = "org.matrix.msc4306";

    /// What is here of what clients ask for by the names of proposals, be they part of the
    /// specification since or not.
    private static final List<String> FEATURES =
            List.of(
                    "org.matrix.e2e_cross_signing",
                    "org.matrix.msc2285.stable",
                    "org.matrix.msc2432",
                    "org.matrix.msc3030",
                    "org.matrix.msc3266",
                    "org.matrix.msc3391",
                    "org.matrix.msc3440.stable",
                    "org.matrix.msc3715.stable",
                    "org.matrix.msc3771",
                    "org.matrix.msc3773",
                    "org.matrix.msc3814",
                    "org.matrix.msc3827.stable",
                    "org.matrix.msc3856.stable",
                    "org.matrix.msc3874",
                    "org.matrix.msc3881",
                    "org.matrix.msc3882",
                    "org.matrix.msc3890",
                    "org.matrix.msc3952_intentional_mentions",
                    "org.matrix.msc3967",
                    "org.matrix.msc3981",
                    "org.matrix.msc4143",
                    "org.matrix.msc4151",
                    "org.matrix.msc4155",
                    "org.matrix.msc4222",
                    "org.matrix.msc4354",
                    "uk.half-shot.msc2666.query_mutual_rooms",
                    "uk.half-shot.msc2666.query_mutual_rooms.stable",
                    "uk.tcpip.msc4133",
                    "uk.tcpip.msc4133.stable");

    private static final JsonObject ENABLED = JsonObject.of("enabled", true);
    private static final JsonObject DISABLED = JsonObject.of("enabled", false);

    private static final JsonObject MODERATION = JsonObject.of("suspend", true, "lock", true);

    private final Configuration configuration;

    Discovery(Configuration configuration) {
        this.configuration = configuration;
    }

    void declare(Routes routes) {
        routes.open()
                .get("/_matrix/client/versions", this::versions)
                .get("/.well-known/matrix/client", this::wellKnown)
                .get("/.well-known/matrix/server", this::wellKnownServer)
                .get("/.well-known/matrix/support", this::support)
                .get("/.well-known/matrix/policy_server", Discovery::policyServer);
        routes.client()
                .limited(Limit.GENERAL)
                .get("/_matrix/client/v3/capabilities", this::capabilities);
    }

    /// DISC-1: where clients find the server that has this name.
    private Response wellKnown(OpenRequest request) {
        var address =
                configuration
                        .publicBaseurl()
                        .orElseThrow(() -> notFound("This server doesn't tell where it is"));
        var transports = configuration.rtc().transports();
        return Response.json(
                JsonObject.builder()
                        .put("m.homeserver", JsonObject.of("base_url", address.toString()))
                        .putIfPresent("org.matrix.msc4143.rtc_foci", foci(transports))
                        .build());
    }

    /// Where calls are carried, for clients that don't ask the server for it.
    private static Optional<JsonArray> foci(List<JsonObject> transports) {
        return transports.isEmpty() ? Optional.empty() : Optional.of(JsonArray.from(transports));
    }

    /// DISC-2: where other servers find the one that has this name.
    private Response wellKnownServer(OpenRequest request) {
        return configuration
                .wellKnown()
                .server()
                .map(server -> Response.json(JsonObject.of("m.server", server)))
                .orElseThrow(() -> notFound("This server is where its name says"));
    }

    /// DISC-2: at least one of both, or nothing.
    private Response support(OpenRequest request) {
        var wellKnown = configuration.wellKnown();
        var contacts = wellKnown.contacts().stream().map(Discovery::contact).toList();
        var support =
                JsonObject.builder()
                        .putUnlessEmpty("contacts", JsonArray.from(contacts))
                        .putIfPresent("support_page", wellKnown.supportPage());
        if (support.isEmpty()) {
            throw notFound("This server doesn't tell whom to ask");
        }
        return Response.json(support.build());
    }

    private static JsonObject contact(WellKnown.Contact contact) {
        return JsonObject.builder()
                .put("role", contact.role())
                .putIfPresent("matrix_id", contact.user())
                .putIfPresent("email_address", contact.email())
                .build();
    }

    /// DISC-3
    private static Response policyServer(OpenRequest request) {
        throw notFound("This server judges no events for others");
    }

    private Response versions(OpenRequest request) {
        var features = JsonObject.builder();
        FEATURES.forEach(name -> features.put(name, true));
        features.put(DELAYED_EVENTS, !configuration.delayedEvents().maxDelay().isZero());
        features.put(THREAD_SUBSCRIPTIONS, configuration.push().threadSubscriptions());
        return Response.json(
                JsonObject.of("versions", VERSIONS, "unstable_features", features.build()));
    }

    private Response capabilities(ClientRequest request) {
        var available = JsonObject.builder();
        for (var version : RoomVersion.values()) {
            available.put(version.id(), "stable");
        }
        var versions =
                JsonObject.of(
                        "default", configuration.rooms().defaultVersion(),
                        "available", available.build());
        var capabilities =
                JsonObject.builder()
                        .put("m.room_versions", versions)
                        .put("m.change_password", ENABLED)
                        .put("m.profile_fields", ENABLED)
                        .put("m.set_displayname", ENABLED)
                        .put("m.set_avatar_url", ENABLED)
                        .put("m.3pid_changes", DISABLED)
                        .put("m.get_login_token", ENABLED)
                        .put("m.forget_forced_upon_leave", DISABLED);
        if (request.requester().administrator()) {
            capabilities.put("m.account_moderation", MODERATION);
        }
        return Response.json(JsonObject.of("capabilities", capabilities.build()));
    }
}
