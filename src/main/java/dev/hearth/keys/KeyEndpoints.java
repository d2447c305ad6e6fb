package dev.hearth.keys;

import static dev.hearth.error.MatrixException.missingParam;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonObject;
import java.util.List;

/// The endpoints below `keys`.
final class KeyEndpoints {

    private final Keys keys;
    private final Confirmation confirmation;

    KeyEndpoints(Keys keys, Confirmation confirmation) {
        this.keys = keys;
        this.confirmation = confirmation;
    }

    void declare(Routes routes) {
        routes.guest()
                .post("/_matrix/client/v3/keys/upload", this::upload)
                .post("/_matrix/client/v3/keys/query", this::query)
                .post("/_matrix/client/v3/keys/claim", this::claim);
        routes.client().get("/_matrix/client/v3/keys/changes", this::changes);
        // Shipped clients also call the paths from before these were in the specification.
        for (var base : List.of("/_matrix/client/v3", "/_matrix/client/unstable")) {
            routes.client()
                    .post(base + "/keys/device_signing/upload", this::uploadCrossSigning)
                    .post(base + "/keys/signatures/upload", this::uploadSignatures);
        }
    }

    private Response upload(ClientRequest request) {
        var counts = keys.upload(request.user(), request.device(), request.body());
        return Response.json(JsonObject.of("one_time_key_counts", counts));
    }

    private Response query(ClientRequest request) {
        var body = request.body();
        body.findInteger("timeout");
        return Response.json(keys.query(request.user(), body.object("device_keys")));
    }

    private Response claim(ClientRequest request) {
        var body = request.body();
        body.findInteger("timeout");
        return Response.json(keys.claim(body.object("one_time_keys")));
    }

    private Response changes(ClientRequest request) {
        var from = required(request, "from");
        required(request, "to");
        return Response.json(keys.changes(request.user(), from).json());
    }

    private static String required(ClientRequest request, String name) {
        return request.query(name).orElseThrow(() -> missingParam(name + " is missing"));
    }

    private Response uploadCrossSigning(ClientRequest request) {
        var uploaded = CrossSigning.parse(request.user(), confirmation.wholeBody(request));
        if (uploaded.isEmpty()) {
            // Silence would look like success.
            throw missingParam("There is no key in the request");
        }
        if (!keys.uploadCrossSigning(request.user(), uploaded, false)) {
            confirmation.confirm(request);
            keys.uploadCrossSigning(request.user(), uploaded, true);
        }
        return Response.empty();
    }

    private Response uploadSignatures(ClientRequest request) {
        var failures = keys.uploadSignatures(request.user(), request.body());
        return Response.json(JsonObject.of("failures", failures));
    }
}
