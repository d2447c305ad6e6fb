package dev.hearth.storage;

import dev.hearth.storage.disk.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Reads a file from a position on. For one thread at a time.
final class BlobStream extends InputStream {

    private final DiskFile file;
    private long position;

    BlobStream(DiskFile file, long position) {
        this.file = file;
        this.position = position;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int got = file.read(ByteBuffer.wrap(bytes, offset, length), position);
        position += Math.max(0, got);
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, file.size() - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return Math.clamp(file.size() - position, 0, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
