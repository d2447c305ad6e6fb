package dev.hearth.storage.journal;

import dev.hearth.storage.disk.DiskFile;
import java.nio.ByteBuffer;

/// Bytes that wait to be written to their place.
record Page(DiskFile file, long position, ByteBuffer bytes) {

    long end() {
        return position + bytes.remaining();
    }
}
