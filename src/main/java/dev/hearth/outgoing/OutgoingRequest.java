package dev.hearth.outgoing;

import dev.hearth.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A request to another server.
///
/// @param target where to: `http` or `https`, a host, perhaps a port
/// @param content what is sent with it
/// @param via the host and port to connect to, where they differ from those of the target; the
///   certificate must be the target's all the same
/// @param limits what the whole may take
public record OutgoingRequest(
        String method,
        URI target,
        Map<String, String> headers,
        Optional<Content> content,
        Optional<Place> via,
        Limits limits) {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9-]+");

    public OutgoingRequest {
        requireWeb(target);
        headers.forEach(OutgoingRequest::requireOneLine);
        headers = Map.copyOf(headers);
    }

    /// A host and its port.
    public record Place(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// @param time for the whole of the request and its answer
    /// @param bytes of the answer's body
    /// @param redirects that are followed
    public record Limits(Duration time, int bytes, int redirects) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(30), 1 << 20, 0);
    }

    private static void requireWeb(URI target) {
        boolean web = List.of("http", "https").contains(scheme(target));
        if (!web || target.getHost() == null || target.getRawUserInfo() != null) {
            throw new IllegalArgumentException("no address of a server on the web: " + target);
        }
    }

    private static String scheme(URI target) {
        return target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
    }

    private static void requireOneLine(String name, String value) {
        boolean plain = value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (!plain || !TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("this can't be a header: " + name);
        }
    }

    public static OutgoingRequest get(URI target) {
        return new OutgoingRequest(
                "GET", target, Map.of(), Optional.empty(), Optional.empty(), Limits.USUAL);
    }

    public static OutgoingRequest post(URI target, JsonObject body) {
        return with("POST", target, Content.json(body));
    }

    /// A form, as browsers send it.
    public static OutgoingRequest post(URI target, Map<String, String> form) {
        return with("POST", target, Content.form(form));
    }

    public static OutgoingRequest put(URI target, JsonObject body) {
        return with("PUT", target, Content.json(body));
    }

    private static OutgoingRequest with(String method, URI target, Content content) {
        return new OutgoingRequest(
                method, target, Map.of(), Optional.of(content), Optional.empty(), Limits.USUAL);
    }

    /// The same with one more header.
    public OutgoingRequest header(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new OutgoingRequest(method, target, more, content, via, limits);
    }

    /// The same with another time limit.
    public OutgoingRequest within(Duration time) {
        return limited(new Limits(time, limits.bytes(), limits.redirects()));
    }

    /// The same with another limit for the answer's body.
    public OutgoingRequest upTo(int bytes) {
        return limited(new Limits(limits.time(), bytes, limits.redirects()));
    }

    /// The same, following redirects: for pages that people would open in a browser, never for what
    /// is signed or carries a token.
    public OutgoingRequest following(int redirects) {
        return limited(new Limits(limits.time(), limits.bytes(), redirects));
    }

    /// The same, connecting to another place than the target's host and port.
    public OutgoingRequest via(Place place) {
        return new OutgoingRequest(method, target, headers, content, Optional.of(place), limits);
    }

    private OutgoingRequest limited(Limits other) {
        return new OutgoingRequest(method, target, headers, content, via, other);
    }

    boolean isSecure() {
        return scheme(target).equals("https");
    }

    /// The host as it stands in a certificate: an IPv6 address without its brackets.
    String host() {
        var host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Where to connect to.
    Place place() {
        return via.orElseGet(() -> new Place(host(), port()));
    }

    private int port() {
        if (target.getPort() >= 0) {
            return target.getPort();
        }
        return isSecure() ? 443 : 80;
    }

    /// The path and the query, as they are on the wire.
    String requestTarget() {
        var path = target.getRawPath();
        var start = path == null || path.isEmpty() ? "/" : path;
        return target.getRawQuery() == null ? start : start + "?" + target.getRawQuery();
    }

    /// The request for where a redirect leads. From `https` it must not lead back to `http`.
    ///
    /// @throws IllegalArgumentException if it leads to no such place
    OutgoingRequest redirected(String location) {
        var next = target.resolve(location);
        if (isSecure() && !scheme(next).equals("https")) {
            throw new IllegalArgumentException("the redirect leads away from https");
        }
        // Only the host that was asked is told what was meant for it.
        boolean same = target.getRawAuthority().equals(next.getRawAuthority());
        return new OutgoingRequest(
                method,
                next,
                same ? headers : Map.of(),
                content,
                Optional.empty(),
                new Limits(limits.time(), limits.bytes(), limits.redirects() - 1));
    }
}
