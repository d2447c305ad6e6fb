package dev.hearth.room;

import java.util.ArrayList;
import java.util.List;

/// Reads what [Packed] wrote.
final class Unpacking {

    private final byte[] bytes;
    private int at;

    Unpacking(byte[] bytes) {
        this.bytes = bytes;
    }

    static List<Long> all(byte[] bytes) {
        var unpacking = new Unpacking(bytes);
        var numbers = new ArrayList<Long>();
        while (unpacking.at < bytes.length) {
            numbers.add(unpacking.next());
        }
        return numbers;
    }

    long next() {
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

    static long unzigzag(long number) {
        return number >>> 1 ^ -(number & 1);
    }
}
