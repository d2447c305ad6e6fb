package dev.hearth.http;

import java.time.Duration;

/// How long the door waits for the other side.
///
/// @param handshake until TLS is agreed upon
/// @param firstByte from then on until something comes
/// @param header from the first byte until the header is whole
/// @param write until some kilobytes of an answer are taken
/// @param leaving after the other side said that it sends no more, for answers to what it sent
record DoorLimits(
        Duration handshake, Duration firstByte, Duration header, Duration write, Duration leaving) {

    static final DoorLimits USUAL =
            new DoorLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60));
}
