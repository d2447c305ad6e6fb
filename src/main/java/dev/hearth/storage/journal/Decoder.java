package dev.hearth.storage.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads what an [Encoder] wrote, after its checksum was found right.
final class Decoder {

    private final ByteBuffer bytes;

    Decoder(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int number() {
        int value = 0;
        int shift = 0;
        while (true) {
            byte next = bytes.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    String text() {
        return new String(raw(), StandardCharsets.UTF_8);
    }

    @Nullable Object[] columns() {
        var columns = new @Nullable Object[number()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column();
        }
        return columns;
    }

    private @Nullable Object column() {
        byte type = bytes.get();
        return switch (type) {
            case Encoder.NULL -> null;
            case Encoder.STRING -> text();
            case Encoder.LONG -> bytes.getLong();
            case Encoder.TRUE -> true;
            case Encoder.FALSE -> false;
            case Encoder.BYTES -> raw();
            default -> throw new IllegalStateException("no column has type " + type);
        };
    }

    private byte[] raw() {
        var raw = new byte[number()];
        bytes.get(raw);
        return raw;
    }
}
