package dev.hearth.account;

import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.DeviceId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.List;

/// A user's devices.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#device-management Device management
final class DeviceEndpoints {

    private final Accounts accounts;

    DeviceEndpoints(Accounts accounts) {
        this.accounts = accounts;
    }

    void declare(Routes routes) {
        routes.guest()
                .get("/_matrix/client/v3/devices", this::list)
                .get("/_matrix/client/v3/devices/{deviceId}", this::get)
                .put("/_matrix/client/v3/devices/{deviceId}", this::rename);
        // Each guess at a password costs memory and time.
        routes.client()
                .limited(Limit.LOGIN)
                .delete("/_matrix/client/v3/devices/{deviceId}", this::delete)
                .post("/_matrix/client/v3/delete_devices", this::deleteSeveral);
    }

    private Response list(ClientRequest request) {
        var devices =
                accounts.database().read(reading -> accounts.devices(reading, request.user()));
        return Response.json(
                JsonObject.of(
                        "devices", JsonArray.from(devices.stream().map(Device::json).toList())));
    }

    private Response get(ClientRequest request) {
        var id = DeviceId.parse(request.path("deviceId"));
        return accounts.database()
                .read(reading -> accounts.devices().find(reading, request.user(), id))
                .map(device -> Response.json(device.json()))
                .orElseThrow(() -> notFound("You have no device " + id));
    }

    private Response rename(ClientRequest request) {
        var id = DeviceId.parse(request.path("deviceId"));
        var name = request.body().findString("display_name").map(Device::goodName);
        accounts.database()
                .change(tx -> {
                    if (accounts.devices().find(tx, request.user(), id).isEmpty()) {
                        throw notFound("You have no device " + id);
                    }
                    name.ifPresent(text -> accounts.devices().rename(tx, request.user(), id, text));
                });
        return Response.empty();
    }

    private Response delete(ClientRequest request) {
        var device = DeviceId.parse(request.path("deviceId"));
        accounts.userInteractive().confirm(request);
        remove(request, List.of(device));
        return Response.empty();
    }

    private Response deleteSeveral(ClientRequest request) {
        var body = accounts.userInteractive().wholeBody(request);
        var devices = body.array("devices").strings().stream().map(DeviceId::parse).toList();
        accounts.userInteractive().confirm(request);
        remove(request, devices);
        return Response.empty();
    }

    private void remove(ClientRequest request, List<DeviceId> devices) {
        accounts.database()
                .change(tx ->
                        devices.forEach(
                                device -> accounts.devices().remove(tx, request.user(), device)));
    }
}
