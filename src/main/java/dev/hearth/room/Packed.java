package dev.hearth.room;

import java.io.ByteArrayOutputStream;
import java.util.Collection;

/// Whole numbers as bytes, seven bits in each, the lowest first; small ones take one.
final class Packed {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static byte[] of(Collection<Long> numbers) {
        var packed = new Packed();
        numbers.forEach(packed::put);
        return packed.bytes();
    }

    void put(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /// Numbers around zero as small numbers.
    static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
