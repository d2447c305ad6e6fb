package dev.hearth.http;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is refused before anybody looks at the path: requests that two servers in a row could
/// understand differently. The JDK's server lets them all through.
final class RequestCheck {

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,12}");

    private RequestCheck() {}

    /// What is wrong, if anything.
    static Optional<String> fault(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var target = exchange.getRequestURI();
        var protocol = exchange.getProtocol();
        if (!METHOD.matcher(exchange.getRequestMethod()).matches()) {
            return Optional.of("The method is not one of HTTP's");
        }
        if (!protocol.equals("HTTP/1.1") && !protocol.equals("HTTP/1.0")) {
            return Optional.of("Only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        if (target.isAbsolute()
                || target.getRawAuthority() != null
                || target.getRawPath() == null) {
            return Optional.of("The request's target must be a path");
        }
        if (target.getRawFragment() != null) {
            return Optional.of("The request's target must not hold a #: encode it as %23");
        }
        if (protocol.equals("HTTP/1.1") && count(headers.get("Host")) != 1) {
            return Optional.of("There must be one Host header");
        }
        return framingFault(headers.get("Content-Length"), headers.get("Transfer-Encoding"));
    }

    private static Optional<String> framingFault(
            @Nullable List<String> lengths, @Nullable List<String> encodings) {
        if (lengths != null
                && (lengths.size() != 1 || !LENGTH.matcher(lengths.getFirst()).matches())) {
            return Optional.of("Content-Length must be one whole number");
        }
        if (encodings == null) {
            return Optional.empty();
        }
        boolean plain = encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked");
        return plain && lengths == null
                ? Optional.empty()
                : Optional.of("The only Transfer-Encoding is chunked, without Content-Length");
    }

    private static int count(@Nullable List<String> values) {
        return values == null ? 0 : values.size();
    }
}
