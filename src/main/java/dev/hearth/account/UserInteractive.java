package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Request;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
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

    static final String DUMMY = "m.login.dummy";
    static final String PASSWORD = "m.login.password";
    static final String REGISTRATION_TOKEN = "m.login.registration_token";

    private static final Duration LIFETIME = Duration.ofHours(48);
    private static final int MAX_SESSIONS = 10_000;

    private final Accounts accounts;
    private final Secrets secrets;
    private final Clock clock;

    /// The oldest first. Guarded by `this`, for a few instructions at a time.
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /// @param purpose method and path, which a session is good for
    /// @param body the request's first body, for those that follow without it (UIA-6)
    /// @param token the registration token that was given
    record Session(
            String id,
            String purpose,
            JsonObject body,
            List<String> completed,
            Optional<String> token,
            long began) {}

    UserInteractive(Accounts accounts, Secrets secrets, Clock clock) {
        this.accounts = accounts;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Returns if the request's user has proven by password who they are.
    ///
    /// @throws MatrixException.AuthenticationNeeded that says what is still needed
    public void confirm(ClientRequest request) {
        authenticate(
                request, request.bodyOrEmpty(), List.of(PASSWORD), Optional.of(request.user()));
    }

    /// Goes on with a session, or begins one; returns it when all stages of the flow are done.
    Session authenticate(
            Request request, JsonObject body, List<String> flow, Optional<UserId> user) {
        var auth = body.findObject("auth");
        var session = session(request, body, auth.flatMap(a -> a.findString("session")));
        var stage = auth.flatMap(a -> a.findString("type"));
        if (stage.isPresent() && !session.completed().contains(stage.get())) {
            session = complete(session, flow, auth.get(), user);
        }
        if (!session.completed().containsAll(flow)) {
            throw new MatrixException.AuthenticationNeeded(
                    challenge(session, flow), Optional.empty());
        }
        return session;
    }

    private Session session(Request request, JsonObject body, Optional<String> id) {
        var purpose = request.method() + " " + request.rawPath();
        if (id.isPresent()) {
            var known = find(id.get());
            if (known.isEmpty() || !known.get().purpose().equals(purpose)) {
                throw error(ErrorCode.M_UNKNOWN, "There is no such session for this request");
            }
            return known.get();
        }
        var session =
                new Session(
                        secrets.token(),
                        purpose,
                        body.without("auth"),
                        List.of(),
                        Optional.empty(),
                        clock.millis());
        keep(session);
        return session;
    }

    private Session complete(
            Session session, List<String> flow, JsonObject auth, Optional<UserId> user) {
        var stage = auth.string("type");
        int next = session.completed().size();
        try {
            if (next >= flow.size() || !flow.get(next).equals(stage)) {
                throw forbidden(stage + " is not the stage that comes next");
            }
            check(stage, auth, user);
        } catch (MatrixException.Standard failure) {
            if (failure.code() == ErrorCode.M_UNAUTHORIZED) {
                throw forbidden(failure.getMessage());
            }
            throw new MatrixException.AuthenticationNeeded(
                    challenge(session, flow), Optional.of(failure));
        }
        var completed = new ArrayList<>(session.completed());
        completed.add(stage);
        var after =
                new Session(
                        session.id(),
                        session.purpose(),
                        session.body(),
                        List.copyOf(completed),
                        stage.equals(REGISTRATION_TOKEN)
                                ? auth.findString("token")
                                : session.token(),
                        session.began());
        keep(after);
        return after;
    }

    private void check(String stage, JsonObject auth, Optional<UserId> user) {
        switch (stage) {
            case DUMMY -> {
                // Nothing to prove.
            }
            case PASSWORD -> checkPassword(auth, user);
            case REGISTRATION_TOKEN -> {
                var token = auth.string("token");
                if (!accounts.database()
                        .read(reading -> accounts.tokens().isRegistrationToken(reading, token))) {
                    throw forbidden("This registration token is not valid");
                }
            }
            default -> throw forbidden("There is no stage " + stage);
        }
    }

    /// UIA-8: the wrong password fails the stage; the right one of another user is refused.
    private void checkPassword(JsonObject auth, Optional<UserId> user) {
        var named = LoginIdentifier.of(auth, accounts.server()).or(() -> user);
        accounts.requirePassword(
                named.orElseThrow(() -> forbidden("No user is named")), auth.string("password"));
        if (!named.equals(user)) {
            throw error(ErrorCode.M_UNAUTHORIZED, "This is the password of another user");
        }
    }

    private static JsonObject challenge(Session session, List<String> flow) {
        return JsonObject.builder()
                .put("session", session.id())
                .put("flows", JsonArray.of(JsonObject.of("stages", JsonArray.from(flow))))
                .put("params", JsonObject.EMPTY)
                .putUnlessEmpty("completed", JsonArray.from(session.completed()))
                .build();
    }

    /// Ends a session whose request was carried out.
    synchronized void end(Session session) {
        sessions.remove(session.id());
    }

    private synchronized void keep(Session session) {
        sessions.put(session.id(), session);
        var oldest = sessions.values().iterator();
        while (oldest.hasNext()) {
            var next = oldest.next();
            boolean expired = next.began() + LIFETIME.toMillis() < clock.millis();
            if (!expired && sessions.size() <= MAX_SESSIONS) {
                return;
            }
            oldest.remove();
        }
    }

    private synchronized Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }
}
