package dev.hearth.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file. It may be used by many threads at once.
public interface DiskFile extends Closeable {

    /// Reads what there is at a position into a buffer.
    ///
    /// @return how many bytes, or -1 at the end of the file
    int read(ByteBuffer into, long position) throws IOException;

    /// Writes all that remains in a buffer. The file grows as needed.
    void write(ByteBuffer from, long position) throws IOException;

    long size() throws IOException;

    void truncate(long size) throws IOException;

    /// Returns when all that was written is on the disk.
    void force() throws IOException;
}
