package dev.hearth.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.hearth.concurrent.Hold;
import dev.hearth.concurrent.Leaving;
import dev.hearth.concurrent.PermitsPerKey;
import dev.hearth.configuration.LogOutput;
import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// What the JDK's server calls for each request, on a virtual thread of its own.
///
/// Whatever happens within, the exchange is closed: one that is left open, or left by an `Error`,
/// would keep its connection for ever.
final class HttpListener implements HttpHandler {

    private static final Logger LOG = System.getLogger(HttpListener.class.getName());

    /// Long polls included: a large household, or a proxy that nobody declared as trusted.
    private static final int AT_ONCE_BY_ONE_HOUSEHOLD = 256;

    private static final Response PREFLIGHT =
            new Response(204, new Response.Html(""), Map.of("Access-Control-Max-Age", "86400"));

    private static final Response STOPPING =
            ErrorAnswers.plain(ErrorCode.M_UNKNOWN, "The server is stopping").withStatus(503);

    private final Dispatch dispatch;
    private final ErrorAnswers errors;
    private final AnswerWriter writer;
    private final ClientAddresses addresses;
    private final int port;
    private final Leaving leaving = new Leaving();
    private final AtomicLong numbers = new AtomicLong();
    private final PermitsPerKey<String> atOnce = new PermitsPerKey<>(AT_ONCE_BY_ONE_HOUSEHOLD);

    /// @param port where clients find it, which tells listeners apart in the log
    HttpListener(
            Dispatch dispatch,
            ErrorAnswers errors,
            AnswerWriter writer,
            ClientAddresses addresses,
            int port) {
        this.port = port;
        this.dispatch = dispatch;
        this.errors = errors;
        this.writer = writer;
        this.addresses = addresses;
    }

    /// Answers new requests with 503 from now on, and waits for those in work.
    boolean close(Duration patience) {
        return leaving.close(patience);
    }

    @Override
    public void handle(HttpExchange exchange) {
        var number = Long.toString(numbers.incrementAndGet(), Character.MAX_RADIX);
        ScopedValue.where(LogOutput.REQUEST, port + "-" + number).run(() -> serve(exchange));
    }

    private void serve(HttpExchange exchange) {
        long start = System.nanoTime();
        var what = new What(exchange.getRequestMethod());
        try (exchange) {
            // The JDK's server keeps a connection alive only if somebody asked for this stream.
            exchange.getRequestBody();
            int status = converse(exchange, what);
            LOG.log(Level.DEBUG, () -> what + " " + status + " in " + duration(start));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> what + ": the client went away: " + e.getMessage());
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "An answer could not be sent to " + what, e);
        }
    }

    private static String duration(long start) {
        long micros = (System.nanoTime() - start) / 1000;
        return micros < 10_000 ? micros + " µs" : micros / 1000 + " ms";
    }

    /// A request as the log has it: its method and the template of its endpoint. What stands in the
    /// path, in the query and in the body is between the client and us.
    private static final class What {

        private final String method;
        private String template = "(no endpoint)";

        private What(String method) {
            this.method = method;
        }

        private void found(String found) {
            template = found;
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private int converse(HttpExchange exchange, What what) throws IOException {
        var fault = RequestCheck.fault(exchange);
        if (fault.isPresent()) {
            exchange.getResponseHeaders().set("Connection", "close");
            var answer = ErrorAnswers.plain(ErrorCode.M_UNKNOWN, fault.get());
            writer.write(exchange, answer, true);
            return answer.status();
        }
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            writer.write(exchange, PREFLIGHT, true);
            return PREFLIGHT.status();
        }
        var entered = leaving.enter();
        if (entered.isEmpty()) {
            exchange.getResponseHeaders().set("Connection", "close");
            writer.write(exchange, STOPPING, true);
            return STOPPING.status();
        }
        try (var _ = entered.get()) {
            var answer = answer(exchange, what);
            writer.write(exchange, answer, answer.status() >= 400);
            return answer.status();
        }
    }

    private Response answer(HttpExchange exchange, What what) {
        try {
            var address = addresses.of(exchange);
            try (var _ = permit(address)) {
                return dispatch.answer(incoming(exchange, address), exchange, what::found);
            }
        } catch (Throwable e) {
            return errors.of(e, what.toString());
        }
    }

    /// This machine itself is not one household.
    private Hold permit(InetAddress address) {
        return address.isLoopbackAddress()
                ? Hold.nothing()
                : atOnce.tryTake(ClientAddresses.household(address))
                        .orElseThrow(
                                () -> new MatrixException.LimitExceeded(Duration.ofSeconds(1)));
    }

    private static Incoming incoming(HttpExchange exchange, InetAddress address) {
        var target = exchange.getRequestURI();
        var method = exchange.getRequestMethod();
        var query = target.getRawQuery();
        return new Incoming(
                method.equals("HEAD") ? "GET" : method,
                target.getRawPath(),
                query == null ? Query.NONE : Query.parse(query),
                exchange.getRequestHeaders(),
                address);
    }
}
