package dev.hearth.storage.journal;

import dev.hearth.storage.disk.Disk;
import dev.hearth.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// A file that segments are written to, one after the other.
///
/// @param size in bytes, all of which are on the disk already
record SegmentFile(Path path, DiskFile file, int size) {

    /// The first block, so that a record never shares one with it.
    static final int HEADER = 4096;

    private static final long MAGIC = 0x4865617274684a31L; // HearthJ1
    private static final int STEP = 1 << 20;

    /// What the first block tells.
    ///
    /// @param first the sequence number of the first record
    record Header(long generation, long first) {}

    static SegmentFile open(Disk disk, Path path) throws IOException {
        var file = disk.open(path);
        return new SegmentFile(path, file, Math.toIntExact(file.size()));
    }

    /// Makes one of zeros, and forces it.
    static SegmentFile make(Disk disk, Path path, int size) throws IOException {
        var file = disk.open(path);
        for (int at = 0; at < size; at += STEP) {
            file.write(ByteBuffer.allocate(Math.min(STEP, size - at)), at);
        }
        file.force();
        return new SegmentFile(path, file, size);
    }

    static ByteBuffer encode(Header header) {
        var block = ByteBuffer.allocate(HEADER);
        block.putLong(MAGIC).putLong(header.generation()).putLong(header.first());
        return block.putInt(checksum(header)).rewind();
    }

    private static int checksum(Header header) {
        return Checksum.of(header.generation(), header.first(), ByteBuffer.allocate(0));
    }

    /// Reads the first block; empty if no segment was ever written here, or it was cut.
    Optional<Header> header() throws IOException {
        var block = read(0, 3 * Long.BYTES + Integer.BYTES);
        if (block.getLong() != MAGIC) {
            return Optional.empty();
        }
        var header = new Header(block.getLong(), block.getLong());
        return block.getInt() == checksum(header) ? Optional.of(header) : Optional.empty();
    }

    /// Reads bytes; those beyond the end are zero.
    ByteBuffer read(int position, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        int got = 0;
        while (got >= 0 && bytes.hasRemaining()) {
            got = file.read(bytes, position + bytes.position());
        }
        return bytes.rewind().limit(length);
    }
}
