package dev.hearth.http;

import java.util.Map;

/// Settings of the JDK's HTTP server, which has every limit off by default and is set by system
/// properties alone, read once when its first class is loaded. What was given with `-D` stays.
///
/// - `nodelay`: without it each answer larger than 8 KiB waits 44 ms for the other side's
///   acknowledgement.
/// - `maxReqTime` (seconds, whatever its documentation says) bounds a slow header and a slow body
///   alike; `maxRspTime` includes the long poll and a slow reader.
/// - `maxConnections` follows the heap: a parked long poll costs about 35 KB, and running out of
///   memory in the dispatcher would end the server.
/// - `idleInterval` is longer than a usual proxy keeps its own connections, so that it is the proxy
///   who closes them.
final class ServerProperties {

    /// What the JDK's server reads away by itself before it uses the connection again: more than an
    /// event that is too large, since who sent it may have others under way behind it.
    static final long DRAINED_BYTES = 1 << 20;

    private static final long BYTES_OF_A_CONNECTION = 35_000;

    private ServerProperties() {}

    static void set() {
        long connections = Runtime.getRuntime().maxMemory() / 2 / BYTES_OF_A_CONNECTION;
        connections = Math.clamp(connections, 200, 20_000);
        Map.of(
                        "sun.net.httpserver.nodelay", "true",
                        "sun.net.httpserver.maxReqTime", "120",
                        "sun.net.httpserver.maxRspTime", "900",
                        "sun.net.httpserver.maxReqHeaders", "100",
                        "sun.net.httpserver.maxReqHeaderSize", "65536",
                        "sun.net.httpserver.drainAmount", Long.toString(DRAINED_BYTES),
                        "sun.net.httpserver.idleInterval", "120",
                        "sun.net.httpserver.maxIdleConnections", Long.toString(connections),
                        "jdk.httpserver.maxConnections", Long.toString(connections))
                .forEach((key, value) -> {
                    if (System.getProperty(key) == null) {
                        System.setProperty(key, value);
                    }
                });
    }
}
