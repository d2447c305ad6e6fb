package dev.hearth.http;

import com.sun.net.httpserver.HttpServer;
import dev.hearth.configuration.Listener;
import dev.hearth.configuration.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A running listener: the JDK's HTTP server, with a virtual thread for each request, and where
/// there is TLS, behind a [Door].
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(WebServer.class.getName());
    private static final InetSocketAddress ANY_ON_LOOPBACK =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final int BACKLOG = 1024;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(3);

    private final HttpServer server;
    private final Optional<Door> door;
    private final HttpListener listener;
    private final ExecutorService threads;

    private WebServer(
            HttpServer server,
            Optional<Door> door,
            HttpListener listener,
            ExecutorService threads) {
        this.server = server;
        this.door = door;
        this.listener = listener;
        this.threads = threads;
    }

    /// Listens and serves from now on, and knows nobody whom users could turn to.
    public static WebServer start(
            Listener where,
            RouteTable routes,
            Authenticator authenticator,
            RateLimits limits,
            Runnable settle) {
        return start(where, routes, authenticator, limits, settle, Optional.empty());
    }

    /// Listens and serves from now on.
    ///
    /// @param adminContact where users reach who can help when the server can't go on, a URI
    /// @param settle the gate, called before the first byte of every answer: returns when all that
    ///   was committed until then is on the disk
    public static WebServer start(
            Listener where,
            RouteTable routes,
            Authenticator authenticator,
            RateLimits limits,
            Runnable settle,
            Optional<String> adminContact) {
        ServerProperties.set();
        var dispatch = new Dispatch(new Router(routes.routes()), authenticator, limits);
        var place = new InetSocketAddress(where.bind(), where.port());
        var server = bind(where.tls().isEmpty() ? place : ANY_ON_LOOPBACK);
        var door = where.tls().map(tls -> door(place, server.getAddress(), tls));
        Function<InetSocketAddress, InetAddress> peers =
                door.isPresent() ? door.get()::client : InetSocketAddress::getAddress;
        var listener =
                new HttpListener(
                        dispatch,
                        new ErrorAnswers(adminContact),
                        new AnswerWriter(settle),
                        new ClientAddresses(where.trustedProxies(), peers),
                        door.map(Door::address).orElseGet(server::getAddress).getPort());
        var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", listener);
        server.start();
        return new WebServer(server, door, listener, threads);
    }

    private static HttpServer bind(InetSocketAddress place) {
        try {
            return HttpServer.create(place, BACKLOG);
        } catch (IOException e) {
            throw cantListen(place, e);
        }
    }

    private static Door door(InetSocketAddress place, InetSocketAddress inside, Tls tls) {
        try {
            return new Door(place, inside, new Identity(tls), DoorLimits.USUAL);
        } catch (IOException e) {
            throw cantListen(place, e);
        }
    }

    private static UncheckedIOException cantListen(InetSocketAddress place, IOException e) {
        var words = place.getAddress().getHostAddress() + " port " + place.getPort();
        return new UncheckedIOException("Can't listen on " + words + ": " + e.getMessage(), e);
    }

    /// Where it listens, with the port that was found if any free one was asked for.
    public InetSocketAddress address() {
        return door.map(Door::address).orElseGet(server::getAddress);
    }

    /// Lets the requests in work finish for a few seconds, then closes all connections. Wake those
    /// who wait for news before.
    @Override
    public void close() {
        door.ifPresent(Door::shut);
        if (!listener.close(PATIENCE_AT_CLOSE)) {
            LOG.log(Level.WARNING, "Some requests were not finished when the server stopped");
        }
        server.stop(0);
        door.ifPresent(Door::close);
        threads.shutdown();
    }
}
