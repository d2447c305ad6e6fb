package dev.hearth.storage;

import java.util.ArrayList;
import java.util.List;

/// Reads what [Packed] wrote.
public final class Unpacking {

    private final byte[] bytes;
    private int at;

    public Unpacking(byte[] bytes) {
        this.bytes = bytes;
    }

    public static List<Long> all(byte[] bytes) {
        var unpacking = new Unpacking(bytes);
        var numbers = new ArrayList<Long>();
        while (unpacking.at < bytes.length) {
            numbers.add(unpacking.next());
        }
        return numbers;
    }

    public long next() {
        long number = 0;
        int shift = 0;
        while (true) {
            int b = bytes[at++];
            number |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return number;
            }
            shift += 7;
        }
    }

    public static long unzigzag(long number) {
        return number >>> 1 ^ -(number & 1);
    }
}
