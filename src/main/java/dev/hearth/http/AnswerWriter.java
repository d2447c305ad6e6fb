package dev.hearth.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.hearth.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Puts an answer on the wire: through the gate, with the headers that every answer has, with a
/// length, in pieces, and so that the client can read it even if it is still sending.
final class AnswerWriter {

    /// The JDK's server copies each single write into a buffer twice as large, and keeps that.
    private static final int PIECE = 8192;

    private static final long DRAINED_BY_HAND = 16 << 20;
    private static final Duration PATIENCE_WITH_THE_REST = Duration.ofSeconds(5);

    private final Runnable settle;

    AnswerWriter(Runnable settle) {
        this.settle = settle;
    }

    /// @param restIsUnread whether the request's body may not have been read
    void write(HttpExchange exchange, Response response, boolean restIsUnread) throws IOException {
        settle.run();
        byte[] bytes = bytes(response.body());
        var headers = exchange.getResponseHeaders();
        addHeaders(headers, response);
        boolean close = mustClose(exchange, restIsUnread);
        if (close) {
            headers.set("Connection", "close");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        if (bytes.length == 0) {
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), bytes.length);
        var out = exchange.getResponseBody();
        for (int from = 0; from < bytes.length; from += PIECE) {
            out.write(bytes, from, Math.min(PIECE, bytes.length - from));
        }
        if (close && restIsUnread) {
            out.flush();
            drain(exchange);
        }
        out.close();
    }

    private static byte[] bytes(Response.Body body) {
        return switch (body) {
            case Response.Json(var value) -> JsonWriter.writeBytes(value);
            case Response.Html(var page) -> page.getBytes(StandardCharsets.UTF_8);
            case Response.Bytes(var value, _) -> value;
        };
    }

    private static void addHeaders(Headers headers, Response response) {
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS");
        headers.set(
                "Access-Control-Allow-Headers", "X-Requested-With, Content-Type, Authorization");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-store");
        if (response.status() != 204) {
            headers.set("Content-Type", contentType(response.body()));
        }
        response.headers().forEach(headers::set);
    }

    private static String contentType(Response.Body body) {
        return switch (body) {
            case Response.Json _ -> "application/json";
            case Response.Html _ -> "text/html; charset=utf-8";
            case Response.Bytes(_, var type) -> type;
        };
    }

    /// A chunked request ends the connection: the JDK's server cuts a chunk's size to 32 bits, and
    /// what follows such a request could be a second one, hidden from a proxy.
    private static boolean mustClose(HttpExchange exchange, boolean restIsUnread) {
        var headers = exchange.getRequestHeaders();
        if (headers.containsKey("Transfer-Encoding")) {
            return true;
        }
        var length = headers.getFirst("Content-Length");
        return restIsUnread && length != null && isLong(length);
    }

    private static boolean isLong(String length) {
        try {
            return Long.parseLong(length) > ServerProperties.DRAINED_BYTES;
        } catch (NumberFormatException _) {
            return true;
        }
    }

    /// Reads the rest of the request away for a while: closing on a client that is still sending
    /// would reset the connection, and the client might never see the answer.
    private static void drain(HttpExchange exchange) {
        long end = System.nanoTime() + PATIENCE_WITH_THE_REST.toNanos();
        var buffer = new byte[PIECE];
        try {
            var in = exchange.getRequestBody();
            long drained = 0;
            while (drained < DRAINED_BY_HAND && System.nanoTime() < end) {
                int count = in.read(buffer);
                if (count < 0) {
                    return;
                }
                drained += count;
            }
        } catch (IOException _) {
            // The client is gone, or never knew how to frame: either way there is no more to read.
        }
    }
}
