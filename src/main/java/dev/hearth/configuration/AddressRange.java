package dev.hearth.configuration;

import java.net.InetAddress;
import java.util.Arrays;

/// A range of addresses: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
///
/// @param prefix how many leading bits an address must share with the network
public record AddressRange(InetAddress network, int prefix) {

    public AddressRange {
        if (prefix < 0 || prefix > network.getAddress().length * 8) {
            throw new IllegalArgumentException("no such prefix length: " + prefix);
        }
    }

    /// Reads a literal address, with or without a prefix length.
    ///
    /// @throws IllegalArgumentException if it is no literal address, with or without a prefix
    ///   length
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            var address = InetAddress.ofLiteral(text);
            return new AddressRange(address, address.getAddress().length * 8);
        }
        var address = InetAddress.ofLiteral(text.substring(0, slash));
        return new AddressRange(address, Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = prefix / 8;
        int rest = prefix % 8;
        return Arrays.equals(mine, 0, whole, other, 0, whole)
                && (rest == 0 || ((mine[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
