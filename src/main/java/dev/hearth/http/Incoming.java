package dev.hearth.http;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The head of a request that passed the first checks.
///
/// @param method `GET` for a `HEAD`, whose answer differs only in being cut off
/// @param address of the client
record Incoming(String method, String rawPath, Query query, Headers headers, InetAddress address) {

    private static final String BEARER = "bearer ";

    String clientAddress() {
        return address.getHostAddress();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /// The access token: of the header, or of the query, where it is deprecated but in use.
    ///
    /// @spec https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens Using access
    ///   tokens
    Optional<String> accessToken() {
        List<String> authorizations = headers.getOrDefault("Authorization", List.of());
        for (var authorization : authorizations) {
            if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return Optional.of(authorization.substring(BEARER.length()).strip());
            }
        }
        return query.first("access_token").filter(token -> !token.isEmpty());
    }
}
