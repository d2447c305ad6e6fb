package dev.hearth.storage.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// CRC32C, begun with what a record must belong to.
final class Checksum {

    private Checksum() {}

    static int of(long generation, long sequence, ByteBuffer payload) {
        var crc = new CRC32C();
        var seed = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);
        seed.putLong(generation).putLong(sequence).putInt(payload.remaining()).flip();
        crc.update(seed);
        crc.update(payload.duplicate());
        return (int) crc.getValue();
    }
}
