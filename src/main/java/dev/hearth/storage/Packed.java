package dev.hearth.storage;

import java.io.ByteArrayOutputStream;
import java.util.Collection;

/// Whole numbers as bytes, seven bits in each, the lowest first; small ones take one.
public final class Packed {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public static byte[] of(Collection<Long> numbers) {
        var packed = new Packed();
        numbers.forEach(packed::put);
        return packed.bytes();
    }

    public void put(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /// Numbers around zero as small numbers.
    public static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
