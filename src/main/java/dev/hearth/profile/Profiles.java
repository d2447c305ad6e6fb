package dev.hearth.profile;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.error.ErrorCode;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonWriter;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/// The profiles of the local users, which anybody may read.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#profiles Profiles
public final class Profiles {

    /// All fields together, as they are answered.
    private static final int MAX_BYTES = 1 << 16;

    private final Database database;
    private final BiPredicate<Reading, UserId> exists;
    private final ProfileStore store = new ProfileStore();
    private final List<Consumer<UserId>> listeners = new ArrayList<>();
    private final List<BiConsumer<Transaction, UserId>> changing = new ArrayList<>();

    /// @param exists whether there is such a local user
    public Profiles(Database database, BiPredicate<Reading, UserId> exists) {
        this.database = database;
        this.exists = exists;
    }

    public void declare(Routes routes) {
        routes.open().get("/_matrix/client/v3/profile/{userId}", this::getAll);
        // The one thing that guests say of themselves is their name (PROF-2).
        routes.guest()
                .unlessSuspended()
                .limited(Limit.GENERAL)
                .put("/_matrix/client/v3/profile/{userId}/displayname", this::putName)
                .delete("/_matrix/client/v3/profile/{userId}/displayname", this::deleteName);
        // Clients that don't find v1.16 among the versions ask by the name before it.
        for (var path :
                List.of(
                        "/_matrix/client/v3/profile/{userId}/{keyName}",
                        "/_matrix/client/unstable/uk.tcpip.msc4133/profile/{userId}/{keyName}")) {
            routes.open().get(path, this::get);
            routes.client()
                    .unlessSuspended()
                    .limited(Limit.GENERAL)
                    .put(path, this::put)
                    .delete(path, this::delete);
        }
    }

    /// Before the first request: who is told, after the commit and before the answer, that a user
    /// has another name or picture.
    public void onChange(Consumer<UserId> listener) {
        listeners.add(listener);
    }

    /// Before the first request: what is to change together with a user's name or picture.
    public void onChanging(BiConsumer<Transaction, UserId> hook) {
        changing.add(hook);
    }

    /// What rooms show of a user.
    public JsonObject inRooms(Reading reading, UserId user) {
        var shown = JsonObject.builder();
        for (var field : List.of(ProfileField.DISPLAY_NAME, ProfileField.AVATAR_URL)) {
            shown.putIfPresent(field.name(), store.find(reading, user, field.name()));
        }
        return shown.build();
    }

    /// The first name of a new user.
    public void begin(Transaction tx, UserId user, String displayName) {
        store.put(tx, user, ProfileField.DISPLAY_NAME.name(), new JsonString(displayName));
    }

    /// Takes away all that a user told of themselves.
    public void erase(Transaction tx, UserId user) {
        store.deleteAll(tx, user);
    }

    private Response getAll(OpenRequest request) {
        var user = request.userId();
        return Response.json(
                database.read(reading -> {
                    requireUser(reading, user);
                    return store.all(reading, user);
                }));
    }

    private Response get(OpenRequest request) {
        var user = request.userId();
        var field = field(request);
        var value =
                database.read(reading -> {
                    requireUser(reading, user);
                    return store.find(reading, user, field.name());
                });
        return Response.json(
                JsonObject.of(
                        field.name(),
                        value.orElseThrow(() -> notFound(user + " has no " + field + " set"))));
    }

    private void requireUser(Reading reading, UserId user) {
        if (!exists.test(reading, user)) {
            throw notFound("There is no user " + user);
        }
    }

    private Response put(ClientRequest request) {
        return put(request, field(request));
    }

    private Response putName(ClientRequest request) {
        return put(request, ProfileField.DISPLAY_NAME);
    }

    private Response put(ClientRequest request, ProfileField field) {
        var user = request.ownUserId();
        var value = field.valueIn(request.body());
        if (field.isCleared(value)) {
            return delete(request, field);
        }
        database.change(tx -> {
            var all = store.all(tx, user).with(field.name(), value);
            if (JsonWriter.writeBytes(all).length >= MAX_BYTES) {
                throw error(ErrorCode.M_PROFILE_TOO_LARGE, "A profile stays under 64 KiB");
            }
            store.put(tx, user, field.name(), value);
            changing(tx, user, field);
        });
        tell(user, field);
        return Response.empty();
    }

    private Response delete(ClientRequest request) {
        return delete(request, field(request));
    }

    private Response deleteName(ClientRequest request) {
        return delete(request, ProfileField.DISPLAY_NAME);
    }

    private Response delete(ClientRequest request, ProfileField field) {
        var user = request.ownUserId();
        database.change(tx -> {
            store.delete(tx, user, field.name());
            changing(tx, user, field);
        });
        tell(user, field);
        return Response.empty();
    }

    private void changing(Transaction tx, UserId user, ProfileField field) {
        if (field.isShownInRooms()) {
            changing.forEach(hook -> hook.accept(tx, user));
        }
    }

    private void tell(UserId user, ProfileField field) {
        if (field.isShownInRooms()) {
            listeners.forEach(listener -> listener.accept(user));
        }
    }

    private static ProfileField field(Request request) {
        return ProfileField.parse(request.path("keyName"));
    }
}
