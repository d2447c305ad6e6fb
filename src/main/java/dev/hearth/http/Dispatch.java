package dev.hearth.http;

import com.sun.net.httpserver.HttpExchange;
import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// From a checked request to its endpoint's answer: match, authenticate, count towards limits, read
/// the body, call.
final class Dispatch {

    private static final List<String> WITHOUT_BODY = List.of("GET");

    private final Router router;
    private final Authenticator authenticator;
    private final RateLimits limits;
    private final Bodies bodies = new Bodies(Runtime.getRuntime().maxMemory());

    Dispatch(Router router, Authenticator authenticator, RateLimits limits) {
        this.router = router;
        this.authenticator = authenticator;
        this.limits = limits;
    }

    /// @param found is told the endpoint's template, before the endpoint is called
    Response answer(Incoming incoming, HttpExchange exchange, Consumer<String> found) {
        return switch (router.find(incoming.method(), incoming.rawPath())) {
            case Router.Found(var route, var parameters) -> {
                found.accept(route.template());
                yield call(route, parameters, incoming, exchange);
            }
            case Router.WrongMethod(var allowed) ->
                    ErrorAnswers.plain(
                                    ErrorCode.M_UNRECOGNIZED,
                                    "This endpoint doesn't know the method " + incoming.method())
                            .withStatus(405)
                            .withHeader("Allow", String.join(", ", allowed));
            case Router.Unknown _ ->
                    ErrorAnswers.plain(ErrorCode.M_UNRECOGNIZED, "There is no such endpoint");
        };
    }

    private Response call(
            Route route, Map<String, String> parameters, Incoming incoming, HttpExchange exchange) {
        return switch (route.endpoint()) {
            case Endpoint.Open(var handler) -> {
                count(route, ClientAddresses.household(incoming.address()));
                try (var body = body(route, exchange)) {
                    yield handler.handle(
                            new Received.ByAnybody(
                                    incoming, parameters, body.bytes(), authenticator));
                }
            }
            case Endpoint.Client(var handler, var admission) -> {
                var token = incoming.accessToken().orElseThrow(Dispatch::missingToken);
                var requester = authenticator.authenticate(token);
                admission.check(requester);
                authenticator.seen(
                        requester,
                        incoming.clientAddress(),
                        incoming.header("User-Agent").orElse(""));
                count(route, requester.user().toString());
                try (var body = body(route, exchange)) {
                    yield handler.handle(
                            new Received.ByUser(
                                    incoming, parameters, body.bytes(), requester, token));
                }
            }
        };
    }

    private Bodies.Body body(Route route, HttpExchange exchange) {
        return WITHOUT_BODY.contains(route.method())
                ? bodies.none()
                : bodies.read(exchange, route.bodyLimit());
    }

    private void count(Route route, String who) {
        route.limit().ifPresent(limit -> limits.use(who, limit));
    }

    private static MatrixException missingToken() {
        return MatrixException.error(ErrorCode.M_MISSING_TOKEN, "An access token is needed");
    }
}
