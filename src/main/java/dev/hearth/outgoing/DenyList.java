package dev.hearth.outgoing;

import dev.hearth.configuration.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Addresses to which no request goes. An IPv6 address that stands for an IPv4 one (6to4, NAT64) is
/// as good as that.
record DenyList(List<AddressRange> ranges) {

    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

    boolean denies(InetAddress address) {
        return holds(address) || inner(address).filter(this::holds).isPresent();
    }

    private boolean holds(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static Optional<InetAddress> inner(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return Optional.empty();
        }
        if (NAT64.contains(address)) {
            return Optional.of(four(address, 12));
        }
        return SIX_TO_FOUR.contains(address) ? Optional.of(four(address, 2)) : Optional.empty();
    }

    private static InetAddress four(InetAddress address, int from) {
        try {
            var bytes = Arrays.copyOfRange(address.getAddress(), from, from + 4);
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
