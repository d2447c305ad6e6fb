package dev.hearth.keys.dehydration;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.error.MatrixException;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.PageToken;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.keys.Keys;
import dev.hearth.keys.LocalDevices;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import dev.hearth.todevice.ToDevice;
import dev.hearth.todevice.ToDeviceMessage;
import java.util.Optional;

/// Puts devices to sleep, and gives out what is needed to wake them (MSC3814).
public final class Dehydration {

    private static final String DEVICE =
            "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device";
    private static final int EVENTS_AT_ONCE = 100;
    private static final PageToken TOKEN = new PageToken('d');

    private final Database database;
    private final LocalDevices awake;
    private final Keys keys;
    private final ToDevice toDevice;
    private final DehydratedDeviceStore store = new DehydratedDeviceStore();

    /// @param awake the devices that don't sleep
    public Dehydration(Database database, LocalDevices awake, Keys keys, ToDevice toDevice) {
        this.database = database;
        this.awake = awake;
        this.keys = keys;
        this.toDevice = toDevice;
    }

    public void declare(Routes routes) {
        routes.client()
                .limited(Limit.KEYS)
                .put(DEVICE, this::put)
                .get(DEVICE, this::get)
                .delete(DEVICE, this::delete)
                .get(DEVICE + "/{deviceId}/events", this::events)
                .post(DEVICE + "/{deviceId}/events", this::eventsByBody);
    }

    /// Takes away the device of a user who is no more, with all that is its own.
    public void accountRemoved(Transaction tx, UserId user) {
        remove(tx, user);
    }

    /// The one that slept before is no more.
    private Response put(ClientRequest request) {
        var user = request.user();
        var body = request.body();
        var device = DehydratedDevice.parse(body);
        if (!body.has("device_keys")) {
            throw missingParam("device_keys: missing; nobody could write to the device");
        }
        database.change(tx -> {
            if (awake.names(tx, user).containsKey(device.id())) {
                throw forbidden("One of your devices has the same ID");
            }
            remove(tx, user);
            store.insert(tx, user, device);
            keys.upload(tx, user, device.id(), body);
        });
        return Response.json(JsonObject.of("device_id", device.id()));
    }

    private Response get(ClientRequest request) {
        return Response.json(
                database.read(reading -> store.find(reading, request.user()))
                        .map(DehydratedDevice::json)
                        .orElseThrow(Dehydration::none));
    }

    private Response delete(ClientRequest request) {
        var removed = database.transact(tx -> remove(tx, request.user()));
        return Response.json(
                JsonObject.of("device_id", removed.orElseThrow(Dehydration::none).id()));
    }

    private static MatrixException none() {
        return notFound("You have no dehydrated device");
    }

    private Optional<DehydratedDevice> remove(Transaction tx, UserId user) {
        var before = store.find(tx, user);
        before.ifPresent(device -> {
            store.delete(tx, user);
            keys.deviceRemoved(tx, user, device.id());
            toDevice.deviceRemoved(tx, user, device.id());
        });
        return before;
    }

    private Response events(ClientRequest request) {
        return events(request, request.query("next_batch"));
    }

    /// The form of an older draft, which clients still use.
    private Response eventsByBody(ClientRequest request) {
        return events(request, request.bodyOrEmpty().findString("next_batch"));
    }

    /// What the device was sent stays until the device goes: whoever wakes it may fail and begin
    /// again.
    private Response events(ClientRequest request, Optional<String> batch) {
        long after = batch.map(token -> TOKEN.parse("next_batch", token)).orElse(0L);
        return Response.json(database.read(reading -> events(reading, request, after)));
    }

    private JsonObject events(Reading reading, ClientRequest request, long after) {
        var user = request.user();
        var device =
                store.find(reading, user)
                        .filter(found -> found.id().value().equals(request.path("deviceId")))
                        .orElseThrow(() -> forbidden("This is not your dehydrated device"));
        var messages = toDevice.messagesAfter(reading, user, device.id(), after, EVENTS_AT_ONCE);
        long reached = messages.isEmpty() ? after : messages.getLast().position();
        return JsonObject.of(
                "events",
                JsonArray.from(messages.stream().map(ToDeviceMessage::event).toList()),
                "next_batch",
                TOKEN.of(reached));
    }
}
