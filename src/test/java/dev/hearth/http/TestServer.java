package dev.hearth.http;

import dev.hearth.configuration.AddressRange;
import dev.hearth.configuration.Listener;
import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestConfiguration;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A server with a tiny route table, on a free port of the loopback address.
final class TestServer implements AutoCloseable {

    private static final Clock STANDING = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger mostAtWork = new AtomicInteger();
    private final WebServer server;

    private TestServer(RateLimits limits, List<AddressRange> proxies) {
        var listener = new Listener(InetAddress.ofLiteral("127.0.0.1"), 0, proxies);
        server =
                WebServer.start(
                        listener,
                        routes(),
                        TestServer::authenticate,
                        limits,
                        settled::incrementAndGet);
    }

    static TestServer start() {
        return new TestServer(RateLimits.off(), List.of());
    }

    /// With the usual limits, or with others, `key=value` each.
    static TestServer limited(String... settings) {
        return new TestServer(limits(settings), List.of());
    }

    static TestServer behind(String proxy) {
        return new TestServer(limits(), List.of(AddressRange.parse(proxy)));
    }

    private static RateLimits limits(String... settings) {
        return RateLimits.of(TestConfiguration.of(settings).rateLimits(), STANDING);
    }

    private static Requester authenticate(String token) {
        return switch (token) {
            case "alice", "guest" ->
                    new Requester(
                            UserId.parse("@" + token + ":test"),
                            DeviceId.parse("DEVICE"),
                            token.equals("guest"),
                            false);
            case "expired" -> throw new MatrixException.UnknownToken(true);
            case String _ -> throw new MatrixException.UnknownToken(false);
        };
    }

    private RouteTable routes() {
        var routes = new RouteTable();
        routes.open()
                .get("/hello", _ -> Response.json(JsonObject.of("hello", "world")))
                .get("/large", _ -> Response.json(JsonObject.of("large", "x".repeat(100_000))))
                .get("/page", _ -> new Response(200, new Response.Html("<p>"), java.util.Map.of()))
                .get(
                        "/broken",
                        _ -> {
                            throw new IllegalStateException("as the test wants");
                        })
                .get(
                        "/very-broken",
                        _ -> {
                            throw new StackOverflowError("as the test wants");
                        })
                .get(
                        "/asks-to-authenticate",
                        _ -> {
                            throw new MatrixException.AuthenticationNeeded(
                                    JsonObject.of("session", "s"),
                                    Optional.of(MatrixException.forbidden("No")));
                        })
                .get(
                        "/limited",
                        _ -> {
                            throw new MatrixException.LimitExceeded(Duration.ofMillis(1_500));
                        })
                .get(
                        "/wrong-backup",
                        _ -> {
                            throw new MatrixException.WrongRoomKeysVersion("7");
                        })
                .get(
                        "/incompatible",
                        _ -> {
                            throw new MatrixException.IncompatibleRoomVersion("9");
                        })
                .get(
                        "/teapot",
                        _ -> {
                            throw MatrixException.error(ErrorCode.M_UNKNOWN, "Tea").withStatus(418);
                        })
                .get("/numbers", TestServer::numbers)
                .get("/who", TestServer::who)
                .get("/address", r -> Response.json(JsonObject.of("address", r.clientAddress())))
                .post("/echo", request -> Response.json(request.body()))
                .post("/works", this::work)
                .post("/ignores-its-body", _ -> Response.empty())
                .post("/maybe-empty", request -> Response.json(request.bodyOrEmpty()))
                .post("/wants", r -> Response.json(JsonObject.of("n", r.body().integer("n"))));
        routes.open().bodiesUpTo(100).post("/small", request -> Response.json(request.body()));
        routes.open().limited(Limit.LOGIN).post("/login", _ -> Response.empty());
        routes.client()
                .get("/mine", request -> Response.json(JsonObject.of("user", request.user())))
                .post("/mine", request -> Response.json(request.body()));
        routes.client().limited(Limit.MESSAGES).put("/message", _ -> Response.empty());
        routes.guest().get("/ours", r -> Response.json(JsonObject.of("token", r.accessToken())));
        paths(routes.open());
        return routes;
    }

    private Response work(OpenRequest request) {
        mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        try {
            int size = request.body().size();
            // Others get their turn meanwhile, and are at work too if they are let.
            for (int i = 0; i < 300; i++) {
                Thread.yield();
            }
            return Response.json(JsonObject.of("size", size));
        } finally {
            atWork.decrementAndGet();
        }
    }

    private static void paths(Routes.Section<OpenRequest> open) {
        var state = "/_matrix/client/v3/rooms/{roomId}/state/{eventType}";
        open.get(state, TestServer::path)
                .get(state + "/{stateKey}", TestServer::path)
                .put(state + "/{stateKey}", TestServer::path)
                .get("/_matrix/client/v3/rooms/{roomId}/members", TestServer::path)
                .get("/_matrix/client/v3/{any}/special/members", TestServer::path);
    }

    private static Response path(OpenRequest request) {
        var parameters = JsonObject.builder();
        for (var name : List.of("roomId", "eventType", "stateKey", "any")) {
            try {
                parameters.put(name, request.path(name));
            } catch (IllegalArgumentException _) {
                // This template has no such parameter.
            }
        }
        return Response.json(parameters.build());
    }

    private static Response numbers(OpenRequest request) {
        return Response.json(
                JsonObject.of(
                        "flag", request.queryFlag("flag", true),
                        "limit", request.queryNumber("limit").orElse(-1),
                        "all", JsonArray.of(request.queryAll("v").toArray())));
    }

    private static Response who(OpenRequest request) {
        var who = request.requester().map(Requester::user).map(UserId::toString);
        return Response.json(JsonObject.of("who", who.orElse("somebody")));
    }

    RawClient connect() {
        return new RawClient(server.address());
    }

    java.net.InetSocketAddress address() {
        return server.address();
    }

    /// How many worked at `/works` at the same time.
    int mostAtWork() {
        return mostAtWork.get();
    }

    /// How often the gate was passed.
    int settled() {
        return settled.get();
    }

    @Override
    public void close() {
        server.close();
    }
}
