package dev.hearth.outgoing;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// Finds the addresses of a name.
@FunctionalInterface
interface NameResolution {

    /// @throws IOException if there are none
    List<InetAddress> addresses(String name) throws IOException;

    /// As the machine does it. A literal address is its own; what looks like one, but isn't written
    /// as one is, is no name either (`127.1` is 127.0.0.1 to some).
    static NameResolution ofTheMachine() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
