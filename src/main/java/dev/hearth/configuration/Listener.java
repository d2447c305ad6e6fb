package dev.hearth.configuration;

import java.net.InetAddress;
import java.util.List;

/// One of `listeners`: where the server accepts connections.
///
/// @param bind the address to listen on
/// @param port the port, or 0 for any that is free
/// @param trustedProxies `trusted_proxies`: whose word about the client's address is taken
public record Listener(InetAddress bind, int port, List<AddressRange> trustedProxies) {

    public Listener {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /// On the loopback address, with nobody in front.
    public static Listener onLoopback(int port) {
        return new Listener(InetAddress.ofLiteral("127.0.0.1"), port, List.of());
    }
}
