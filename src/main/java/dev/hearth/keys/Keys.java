package dev.hearth.keys;

import dev.hearth.http.Routes;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/// The keys of devices and users.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption End-to-End
///   Encryption
public final class Keys {

    /// The algorithm that every client uses. Its count is told even when it is zero, since clients
    /// upload new keys only when they read so, SYNC-21.
    private static final String USUAL_ALGORITHM = "signed_curve25519";

    private final Database database;
    private final ServerName server;
    private final Neighbors neighbors;
    private final ToLongFunction<String> positions;
    private final DeviceLists lists;
    private final KeyUpload.Storing uploads;
    private final KeyClaim.Granting claims;
    private final KeyQuery queries;
    private final CrossSigning crossSigning;
    private final SignatureUpload signatureUploads;
    private final DeviceKeyStore deviceKeys = new DeviceKeyStore();
    private final OneTimeKeyStore oneTimeKeys = new OneTimeKeyStore();
    private final FallbackKeyStore fallbackKeys = new FallbackKeyStore();
    private final SignatureStore signatures = new SignatureStore();

    /// What others know.
    public record Neighbors(LocalDevices devices, SharedRooms rooms, Confirmation confirmation) {}

    /// @param server our own name
    /// @param wake tells the syncs of a user that there is news for them
    /// @param positions reads a token of `/sync`, and throws if it is none
    public Keys(
            Database database,
            ServerName server,
            Neighbors neighbors,
            Consumer<UserId> wake,
            ToLongFunction<String> positions) {
        this.database = database;
        this.server = server;
        this.neighbors = neighbors;
        this.positions = positions;
        this.lists = new DeviceLists(neighbors.rooms(), wake);
        this.uploads = new KeyUpload.Storing(neighbors.devices(), lists);
        this.claims = new KeyClaim.Granting(lists);
        this.queries = new KeyQuery(neighbors.devices());
        this.crossSigning = new CrossSigning(neighbors.devices(), lists);
        this.signatureUploads = new SignatureUpload(lists);
    }

    public void declare(Routes routes) {
        new KeyEndpoints(this, neighbors.confirmation()).declare(routes);
    }

    /// Stores what a device uploads of its own keys, and tells how many one-time keys it has now.
    JsonObject upload(UserId user, DeviceId device, JsonObject body) {
        return database.transact(tx -> {
            upload(tx, user, device, body);
            return oneTimeKeyCounts(tx, user, device);
        });
    }

    /// Stores the keys of a device.
    public void upload(Transaction tx, UserId user, DeviceId device, JsonObject body) {
        uploads.store(tx, user, device, KeyUpload.parse(user, device, body));
    }

    JsonObject query(UserId asking, JsonObject wanted) {
        var users = KeyQuery.parse(wanted);
        var local = new LinkedHashMap<>(users);
        local.keySet().removeIf(user -> !user.isOn(server));
        var answer = database.read(reading -> queries.answer(reading, asking, local));
        return answer.with("failures", failures(users.keySet()));
    }

    /// Hands out keys, by user, device and key ID.
    JsonObject claim(JsonObject wanted) {
        var claimed = KeyClaim.parseAll(wanted);
        var local = claimed.stream().filter(claim -> claim.user().isOn(server)).toList();
        var keys = database.transact(tx -> grant(tx, local));
        var failures = failures(claimed.stream().map(KeyClaim::user).toList());
        return JsonObject.of("one_time_keys", keys, "failures", failures);
    }

    private JsonObject grant(Transaction tx, List<KeyClaim> wanted) {
        var keys = JsonObject.EMPTY;
        for (var claim : wanted) {
            var granted = claims.grant(tx, claim);
            if (granted.isPresent()) {
                var key = granted.get();
                var user = claim.user().value();
                var devices = keys.findObject(user).orElse(JsonObject.EMPTY);
                var map = JsonObject.of(key.id().value(), key.value());
                keys = keys.with(user, devices.with(claim.device().value(), map));
            }
        }
        return keys;
    }

    /// The servers of those users that are not ours: none can be asked yet.
    private JsonObject failures(Collection<UserId> users) {
        var failures = JsonObject.builder();
        users.stream()
                .filter(user -> !user.isOn(server))
                .map(user -> user.server().value())
                .distinct()
                .forEach(name ->
                        failures.put(name, JsonObject.of("error", "The server can't be reached")));
        return failures.build();
    }

    /// What changed since a token of `/sync`. How far is not bounded: being told of more does no
    /// harm.
    DeviceListChanges changes(UserId user, String from) {
        long since = positions.applyAsLong(from);
        long upTo = database.position();
        return database.read(reading -> lists.between(reading, user, since, upTo));
    }

    boolean uploadCrossSigning(
            UserId user, Map<CrossSigningKind, CrossSigningKey> uploaded, boolean confirmed) {
        return database.transact(tx -> crossSigning.store(tx, user, uploaded, confirmed));
    }

    JsonObject uploadSignatures(UserId signer, JsonObject upload) {
        var signed = SignatureUpload.Signed.parseAll(upload);
        return database.transact(tx -> signatureUploads.store(tx, signer, signed));
    }

    /// Whose keys a user must ask for again, and whom they need not follow any more, after one
    /// position and up to another: for an incremental sync.
    public DeviceListChanges deviceListsSince(Reading reading, UserId user, long since, long upTo) {
        return lists.between(reading, user, since, upTo);
    }

    /// How many unclaimed one-time keys a device has, by algorithm.
    public JsonObject oneTimeKeyCounts(Reading reading, UserId user, DeviceId device) {
        var counts = JsonObject.builder().put(USUAL_ALGORITHM, 0);
        oneTimeKeys.count(reading, user, device).forEach(counts::put);
        return counts.build();
    }

    /// The algorithms for which a device has a fallback key that nobody has claimed yet.
    public List<String> unusedFallbackKeyTypes(Reading reading, UserId user, DeviceId device) {
        return fallbackKeys.unusedAlgorithms(reading, user, device);
    }

    /// Whether a key of the device was claimed after this position, which its next sync must tell
    /// at once, SYNC-6.
    public boolean wereKeysClaimedSince(Reading reading, UserId user, DeviceId device, long since) {
        return oneTimeKeys.lastClaim(reading, user, device) > since;
    }

    /// Tells the others of a new device, DL-1. It is refused if it is called as one of the user's
    /// cross-signing keys, TOK-4: signatures are uploaded by either name.
    public void deviceAdded(Transaction tx, UserId user, DeviceId device) {
        crossSigning.requireNoKeyNamed(tx, user, device);
        lists.markQuietly(tx, user);
    }

    /// Forgets the keys of a device that is no more. Cross-signing keys stay, XS-5.
    public void deviceRemoved(Transaction tx, UserId user, DeviceId device) {
        oneTimeKeys.deleteAll(tx, user, device);
        fallbackKeys.deleteAll(tx, user, device);
        signatures.deleteOn(tx, new KeySignature.Target(user, device.value()));
        mark(tx, user, deviceKeys.delete(tx, user, device));
    }

    /// Tells the others of a device's new name, DL-1.
    public void deviceRenamed(Transaction tx, UserId user, DeviceId device) {
        mark(tx, user, deviceKeys.find(tx, user, device).isPresent());
    }

    private void mark(Transaction tx, UserId user, boolean hasKeys) {
        if (hasKeys) {
            lists.mark(tx, user);
        } else {
            lists.markQuietly(tx, user);
        }
    }

    /// Forgets the cross-signing keys of a user who is no more, and what they signed.
    public void accountRemoved(Transaction tx, UserId user) {
        crossSigning.forget(tx, user);
    }
}
