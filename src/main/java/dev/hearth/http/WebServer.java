package dev.hearth.http;

import com.sun.net.httpserver.HttpServer;
import dev.hearth.configuration.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A running listener: the JDK's HTTP server, with a virtual thread for each request.
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(WebServer.class.getName());
    private static final int BACKLOG = 1024;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(3);

    private final HttpServer server;
    private final HttpListener listener;
    private final ExecutorService threads;

    private WebServer(HttpServer server, HttpListener listener, ExecutorService threads) {
        this.server = server;
        this.listener = listener;
        this.threads = threads;
    }

    /// Listens and serves from now on.
    ///
    /// @param settle the gate, called before the first byte of every answer: returns when all that
    ///   was committed until then is on the disk
    public static WebServer start(
            Listener where,
            RouteTable routes,
            Authenticator authenticator,
            RateLimits limits,
            Runnable settle) {
        ServerProperties.set();
        var dispatch = new Dispatch(new Router(routes.routes()), authenticator, limits);
        var listener =
                new HttpListener(
                        dispatch,
                        new AnswerWriter(settle),
                        new ClientAddresses(where.trustedProxies()));
        var server = bind(where);
        var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", listener);
        server.start();
        return new WebServer(server, listener, threads);
    }

    private static HttpServer bind(Listener where) {
        var address = new InetSocketAddress(where.bind(), where.port());
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            var place = where.bind().getHostAddress() + " port " + where.port();
            throw new UncheckedIOException("Can't listen on " + place + ": " + e.getMessage(), e);
        }
    }

    /// Where it listens, with the port that was found if any free one was asked for.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /// Lets the requests in work finish for a few seconds, then closes all connections. Wake those
    /// who wait for news before.
    @Override
    public void close() {
        if (!listener.close(PATIENCE_AT_CLOSE)) {
            LOG.log(Level.WARNING, "Some requests were not finished when the server stopped");
        }
        server.stop(0);
        threads.shutdown();
    }
}
