package dev.hearth.storage.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes that grow. Numbers that are mostly small take as many bytes as they need.
final class Encoder {

    static final byte NULL = 0;
    static final byte STRING = 1;
    static final byte LONG = 2;
    static final byte TRUE = 3;
    static final byte FALSE = 4;
    static final byte BYTES = 5;

    private byte[] bytes;
    private int size;

    Encoder(int expected) {
        bytes = new byte[expected];
    }

    int size() {
        return size;
    }

    /// Leaves room for what is known only at the end.
    void skip(int count) {
        reserve(count);
        size += count;
    }

    void number(int value) {
        reserve(5);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void text(String text) {
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    void column(@Nullable Object value) {
        switch (value) {
            case null -> one(NULL);
            case String text -> {
                one(STRING);
                text(text);
            }
            case Long number -> {
                one(LONG);
                reserve(Long.BYTES);
                ByteBuffer.wrap(bytes).putLong(size, number);
                size += Long.BYTES;
            }
            case Boolean flag -> one(flag ? TRUE : FALSE);
            case byte[] raw -> {
                one(BYTES);
                raw(raw);
            }
            default -> throw new IllegalArgumentException("no column is a " + value.getClass());
        }
    }

    void bytes(Encoder other, int from, int to) {
        reserve(to - from);
        System.arraycopy(other.bytes, from, bytes, size, to - from);
        size += to - from;
    }

    /// What was written, to be changed in place. It is valid until the next write.
    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    private void raw(byte[] raw) {
        number(raw.length);
        reserve(raw.length);
        System.arraycopy(raw, 0, bytes, size, raw.length);
        size += raw.length;
    }

    private void one(byte value) {
        reserve(1);
        bytes[size++] = value;
    }

    private void reserve(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }
}
