package dev.hearth.keys.backup;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The endpoints below `room_keys`.
final class BackupEndpoints {

    private static final String SESSIONS = "sessions";

    /// A client may send the keys of all its rooms at once.
    private static final int LARGEST_UPLOAD = 10 << 20;

    private final KeyBackup backup;

    BackupEndpoints(KeyBackup backup) {
        this.backup = backup;
    }

    void declare(Routes routes) {
        // Shipped clients also call the path from before backups were in the specification.
        for (var base : List.of("/_matrix/client/v3", "/_matrix/client/unstable")) {
            declareVersions(routes.client().limited(Limit.KEYS), base + "/room_keys/version");
            declareKeys(
                    routes.client().limited(Limit.KEYS).bodiesUpTo(LARGEST_UPLOAD),
                    base + "/room_keys/keys");
        }
    }

    private void declareVersions(Routes.Section<ClientRequest> section, String base) {
        section.post(base, this::create)
                .get(base, this::current)
                .get(base + "/{version}", this::version)
                .put(base + "/{version}", this::update)
                .delete(base + "/{version}", this::deleteVersion);
    }

    private void declareKeys(Routes.Section<ClientRequest> section, String base) {
        section.put(base, this::putAll)
                .get(base, this::getAll)
                .delete(base, request -> delete(request, new Scope.Everything()))
                .put(base + "/{roomId}", this::putRoom)
                .get(base + "/{roomId}", this::getRoom)
                .delete(
                        base + "/{roomId}",
                        request -> delete(request, new Scope.OneRoom(request.roomId())))
                .put(base + "/{roomId}/{sessionId}", this::putSession)
                .get(base + "/{roomId}/{sessionId}", this::getSession)
                .delete(
                        base + "/{roomId}/{sessionId}",
                        request -> delete(request, new Scope.OneSession(session(request))));
    }

    private Response create(ClientRequest request) {
        var body = request.body();
        var version =
                backup.create(
                        request.user(), body.string("algorithm"), Sealed.read(body, "auth_data"));
        return Response.json(JsonObject.of("version", version));
    }

    private Response current(ClientRequest request) {
        return Response.json(backup.current(request.user()).json());
    }

    private Response version(ClientRequest request) {
        return Response.json(backup.version(request.user(), request.path("version")).json());
    }

    private Response update(ClientRequest request) {
        var body = request.body();
        var version = request.path("version");
        if (!body.findString("version").orElse(version).equals(version)) {
            throw invalidParam("The version in the body is another than that in the path");
        }
        backup.update(
                request.user(), version, body.string("algorithm"), Sealed.read(body, "auth_data"));
        return Response.empty();
    }

    private Response deleteVersion(ClientRequest request) {
        backup.delete(request.user(), request.path("version"));
        return Response.empty();
    }

    private Response putAll(ClientRequest request) {
        var keys = new LinkedHashMap<Session, BackedUpKey>();
        var rooms = request.body().object("rooms");
        for (var room : rooms.keys()) {
            addSessions(keys, RoomId.parse(room), rooms.object(room));
        }
        return put(request, keys);
    }

    private Response putRoom(ClientRequest request) {
        var keys = new LinkedHashMap<Session, BackedUpKey>();
        addSessions(keys, request.roomId(), request.body());
        return put(request, keys);
    }

    private Response putSession(ClientRequest request) {
        return put(request, Map.of(session(request), BackedUpKey.parse(request.body())));
    }

    private static void addSessions(
            Map<Session, BackedUpKey> keys, RoomId room, JsonObject uploaded) {
        var sessions = uploaded.object(SESSIONS);
        for (var id : sessions.keys()) {
            keys.put(new Session(room, id), BackedUpKey.parse(sessions.object(id)));
        }
    }

    private Response put(ClientRequest request, Map<Session, BackedUpKey> keys) {
        return Response.json(backup.store(request.user(), wantedVersion(request), keys).summary());
    }

    private Response getAll(ClientRequest request) {
        var sessions = new LinkedHashMap<RoomId, Map<String, JsonObject>>();
        read(request, new Scope.Everything())
                .forEach((session, key) ->
                        sessions.computeIfAbsent(session.room(), _ -> new LinkedHashMap<>())
                                .put(session.id(), key.json()));
        var rooms = JsonObject.builder();
        sessions.forEach((room, keys) ->
                rooms.put(room.toString(), JsonObject.of(SESSIONS, JsonObject.from(keys))));
        return Response.json(JsonObject.of("rooms", rooms.build()));
    }

    private Response getRoom(ClientRequest request) {
        var sessions = JsonObject.builder();
        read(request, new Scope.OneRoom(request.roomId()))
                .forEach((session, key) -> sessions.put(session.id(), key.json()));
        return Response.json(JsonObject.of(SESSIONS, sessions.build()));
    }

    private Response getSession(ClientRequest request) {
        var session = session(request);
        var key = read(request, new Scope.OneSession(session)).get(session);
        if (key == null) {
            throw notFound("The backup has no key for this session");
        }
        return Response.json(key.json());
    }

    private Map<Session, BackedUpKey> read(ClientRequest request, Scope scope) {
        return backup.read(request.user(), wantedVersion(request), scope);
    }

    private Response delete(ClientRequest request, Scope scope) {
        return Response.json(
                backup.delete(request.user(), wantedVersion(request), scope).summary());
    }

    private static Session session(ClientRequest request) {
        return new Session(request.roomId(), request.path("sessionId"));
    }

    private static String wantedVersion(ClientRequest request) {
        return request.query("version")
                .orElseThrow(() -> missingParam("The version of the backup is missing"));
    }
}
