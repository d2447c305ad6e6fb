package dev.hearth.configuration;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// One of `listeners`: where the server accepts connections.
///
/// @param bind the address to listen on
/// @param port the port, or 0 for any that is free
/// @param trustedProxies `trusted_proxies`: whose word about the client's address is taken
/// @param tls `tls`: with which certificate, if it is true
public record Listener(
        InetAddress bind, int port, List<AddressRange> trustedProxies, Optional<Tls> tls) {

    public Listener {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /// Without TLS: for a proxy that does it, or for this machine alone.
    public Listener(InetAddress bind, int port, List<AddressRange> trustedProxies) {
        this(bind, port, trustedProxies, Optional.empty());
    }

    /// On the loopback address, with nobody in front.
    public static Listener onLoopback(int port) {
        return new Listener(InetAddress.ofLiteral("127.0.0.1"), port, List.of());
    }
}
