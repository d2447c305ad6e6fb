package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Request;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// User-interactive authentication: a request is asked to prove who sends it, stage by stage, in a
/// session that is bound to what it asks for.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
///   User-Interactive Authentication API
public final class UserInteractive {

    private static final Duration LIFETIME = Duration.ofDays(2);
    private static final int MAX_SESSIONS = 10_000;
    private static final int MAX_BYTES = 4 << 20;

    private final Stages stages;
    private final Secrets secrets;
    private final Clock clock;

    /// The oldest first. Guarded by `this`, for a few instructions at a time, as is their weight.
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    private long weight;

    /// @param purpose method, path and user, which a session is good for
    /// @param flows the stages that lead to the end, in their order, one list for each way
    /// @param body the request's first body, for those that follow without it (UIA-6)
    /// @param weight the bytes of that body
    /// @param token the registration token that was given
    record Session(
            String id,
            String purpose,
            List<List<String>> flows,
            JsonObject body,
            int weight,
            List<String> completed,
            Optional<String> token,
            long began) {

        private Session after(String stage, Optional<String> given) {
            var more = new ArrayList<>(completed);
            more.add(stage);
            return new Session(id, purpose, flows, body, weight, List.copyOf(more), given, began);
        }
    }

    UserInteractive(Stages stages, Secrets secrets, Clock clock) {
        this.stages = stages;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Returns if the request's user has proven by password who they are.
    ///
    /// @throws MatrixException.AuthenticationNeeded that says what is still needed
    public void confirm(ClientRequest request) {
        var flows = List.of(List.of(Stages.PASSWORD));
        end(authenticate(request, flows, Optional.of(request.user())));
    }

    /// What a request asks for: its own body, over the first one of its session (UIA-6).
    public JsonObject wholeBody(ClientRequest request) {
        return wholeBody(request, request.body(), Optional.of(request.user()));
    }

    JsonObject wholeBody(Request request, JsonObject body, Optional<UserId> user) {
        var first =
                body.findObject("auth")
                        .flatMap(auth -> auth.findString("session"))
                        .flatMap(id -> find(id, purpose(request, user)))
                        .map(Session::body)
                        .orElse(JsonObject.EMPTY);
        var whole = JsonObject.builder().putAll(first);
        body.without("auth")
                .members()
                .forEach((key, value) -> {
                    if (value != JsonNull.NULL || !first.has(key)) {
                        whole.put(key, value);
                    }
                });
        return whole.build();
    }

    private static String purpose(Request request, Optional<UserId> user) {
        return request.method() + " " + request.rawPath() + user.map(u -> " " + u).orElse("");
    }

    /// Goes on with a session, or begins one; returns it when all stages of a flow are done.
    Session authenticate(Request request, List<List<String>> flows, Optional<UserId> user) {
        var auth = request.bodyOrEmpty().findObject("auth");
        var id = auth.flatMap(a -> a.findString("session"));
        var session =
                id.isPresent()
                        ? known(id.get(), purpose(request, user))
                        : begin(request, flows, user);
        var stage = auth.flatMap(a -> a.findString("type"));
        // UIA-3: what is done need not be done again.
        if (stage.isPresent() && !session.completed().contains(stage.get())) {
            session = complete(session, auth.get(), user, request.clientAddress());
        }
        if (!flows.contains(session.completed())) {
            throw new MatrixException.AuthenticationNeeded(challenge(session), Optional.empty());
        }
        return session;
    }

    /// UIA-6: what was begun for one operation of one user is good for no other.
    private Session known(String id, String purpose) {
        var session = find(id).orElseThrow(UserInteractive::noSession);
        if (!session.purpose().equals(purpose)) {
            throw forbidden("This session was begun for another request");
        }
        return session;
    }

    private static MatrixException noSession() {
        return error(
                ErrorCode.M_UNKNOWN,
                "There is no such session for this request: it may have expired, so begin anew");
    }

    /// UIA-7: a stage is completed on a page, out of sight of the client.
    ///
    /// @throws MatrixException if there is no such session, or it isn't proven
    void completeOnPage(String sessionId, JsonObject auth, String clientAddress) {
        var session = find(sessionId).orElseThrow(UserInteractive::noSession);
        if (!session.completed().contains(auth.string("type"))) {
            complete(session, auth, Optional.empty(), clientAddress);
        }
    }

    private Session begin(Request request, List<List<String>> flows, Optional<UserId> user) {
        var body = request.bodyOrEmpty().without("auth");
        var session =
                new Session(
                        secrets.token(),
                        purpose(request, user),
                        flows,
                        body,
                        JsonWriter.writeBytes(body).length,
                        List.of(),
                        Optional.empty(),
                        clock.millis());
        keep(session);
        return session;
    }

    private Session complete(
            Session session, JsonObject auth, Optional<UserId> user, String clientAddress) {
        var stage = auth.string("type");
        var after =
                session.after(
                        stage,
                        stage.equals(Stages.REGISTRATION_TOKEN)
                                ? auth.findString("token")
                                : session.token());
        try {
            if (session.flows().stream().noneMatch(flow -> begins(flow, after.completed()))) {
                throw forbidden(stage + " is not the stage that comes next");
            }
            stages.check(stage, auth, user, clientAddress);
        } catch (MatrixException.Standard failure) {
            if (failure.code() == ErrorCode.M_UNAUTHORIZED) {
                throw forbidden(failure.getMessage());
            }
            // Clients read how far it is even where that is nowhere.
            var answer = challenge(session).with("completed", JsonArray.from(session.completed()));
            throw new MatrixException.AuthenticationNeeded(answer, Optional.of(failure));
        }
        keep(after);
        return after;
    }

    private static boolean begins(List<String> flow, List<String> completed) {
        return flow.size() >= completed.size()
                && flow.subList(0, completed.size()).equals(completed);
    }

    private JsonObject challenge(Session session) {
        var flows =
                session.flows().stream()
                        .map(flow -> JsonObject.of("stages", JsonArray.from(flow)))
                        .toList();
        return JsonObject.builder()
                .put("session", session.id())
                .put("flows", JsonArray.from(flows))
                .put("params", stages.params(session.flows()))
                .putUnlessEmpty("completed", JsonArray.from(session.completed()))
                .build();
    }

    /// Ends a session whose request was carried out.
    synchronized void end(Session session) {
        var removed = sessions.remove(session.id());
        weight -= removed == null ? 0 : removed.weight();
    }

    private synchronized void keep(Session session) {
        end(session);
        sessions.put(session.id(), session);
        weight += session.weight();
        while (!sessions.isEmpty()) {
            var oldest = sessions.values().iterator().next();
            boolean few = sessions.size() <= MAX_SESSIONS && weight <= MAX_BYTES;
            if (few && !isExpired(oldest)) {
                return;
            }
            end(oldest);
        }
    }

    private boolean isExpired(Session session) {
        return session.began() + LIFETIME.toMillis() < clock.millis();
    }

    private Optional<Session> find(String id, String purpose) {
        return find(id).filter(session -> session.purpose().equals(purpose));
    }

    private synchronized Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id)).filter(session -> !isExpired(session));
    }
}
