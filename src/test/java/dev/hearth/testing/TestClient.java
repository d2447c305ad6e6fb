package dev.hearth.testing;

import dev.hearth.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Speaks HTTP to a server, with or without an access token.
public final class TestClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;
    private final Map<String, String> headers;

    public TestClient(URI server) {
        this(server, Map.of());
    }

    private TestClient(URI server, Map<String, String> headers) {
        this.server = server;
        this.headers = headers;
    }

    /// Where the server is.
    public URI server() {
        return server;
    }

    public TestClient as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /// As seen through a proxy, where the server trusts this machine to be one.
    public TestClient from(String address) {
        return with("X-Forwarded-For", address);
    }

    /// As a program that calls itself so.
    public TestClient called(String userAgent) {
        return with("User-Agent", userAgent);
    }

    private TestClient with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new TestClient(server, Map.copyOf(more));
    }

    public Reply get(String path) {
        return send("GET", path, Optional.empty());
    }

    public Reply delete(String path) {
        return send("DELETE", path, Optional.empty());
    }

    public Reply delete(String path, JsonObject body) {
        return send("DELETE", path, Optional.of(body.toString()));
    }

    public Reply post(String path, JsonObject body) {
        return send("POST", path, Optional.of(body.toString()));
    }

    public Reply put(String path, JsonObject body) {
        return send("PUT", path, Optional.of(body.toString()));
    }

    /// Any method and body, for what is not JSON.
    public Reply send(String method, String path, Optional<String> body) {
        var request =
                HttpRequest.newBuilder(URI.create(server + path))
                        .timeout(Duration.ofSeconds(60))
                        .method(
                                method,
                                body.map(BodyPublishers::ofString)
                                        .orElseGet(BodyPublishers::noBody));
        headers.forEach(request::header);
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// A value as one segment of a path, or as the value of a query parameter.
    public static String escape(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
