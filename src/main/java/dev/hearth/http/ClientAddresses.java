package dev.hearth.http;

import com.sun.net.httpserver.HttpExchange;
import dev.hearth.configuration.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/// Who is at the other end. A proxy's `X-Forwarded-For` is believed only if the connection comes
/// from an address that the operator trusts; then the client is the last address in it which is not
/// such a proxy itself, since everything before that could be the client's own invention.
///
/// @param trusted proxies
/// @param peers who is at the other end of a connection
record ClientAddresses(List<AddressRange> trusted, Function<InetSocketAddress, InetAddress> peers) {

    private static final int HALF_OF_AN_IPV6_ADDRESS = 8;

    InetAddress of(HttpExchange exchange) {
        var peer = peers.apply(exchange.getRemoteAddress());
        if (trusted.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        var forwarded = exchange.getRequestHeaders().get("X-Forwarded-For");
        return forwarded == null ? peer : last(String.join(",", forwarded), peer);
    }

    private InetAddress last(String forwarded, InetAddress peer) {
        InetAddress address = peer;
        var hops = Arrays.asList(forwarded.split(",")).reversed();
        for (var hop : hops) {
            try {
                address = InetAddress.ofLiteral(hop.strip());
            } catch (IllegalArgumentException _) {
                // What stands before a word that is no address isn't the trusted proxy's word.
                return address;
            }
            if (!isTrusted(address)) {
                return address;
            }
        }
        return address;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /// What limits count by: one household has one IPv4 address, and 2^64 of IPv6.
    static String household(InetAddress address) {
        return address instanceof Inet6Address six ? network(six) : address.getHostAddress();
    }

    private static String network(Inet6Address address) {
        var half = Arrays.copyOf(address.getAddress(), HALF_OF_AN_IPV6_ADDRESS);
        return HexFormat.of().formatHex(half) + "/64";
    }
}
