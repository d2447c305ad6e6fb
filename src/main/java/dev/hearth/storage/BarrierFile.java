package dev.hearth.storage;

import dev.hearth.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;

/// H2's file, whose writes reach the disk in an order that survives a power cut.
///
/// A maintainer's note: H2 saves a chunk of pages with one write. The checksums in its first and
/// last block don't cover what is between, and the device may write the blocks in any order, so
/// that a power cut can leave a chunk that looks whole and isn't: nothing repairs such a file. So
/// the first block, which makes the chunk valid, follows only when the rest is on the disk; and
/// before it the journal, or H2 would know transactions that the journal doesn't. At the end all is
/// forced once more: the next chunk may be written over one that only this one made obsolete.
///
/// The buffer is H2's own, from which other threads read pages at this moment: its limit must not
/// change for even a moment, so that all is done with duplicates.
final class BarrierFile extends FileBaseDefault {

    /// H2's blocks. The header of a chunk lies within its first one, and the store's own header is
    /// two blocks that say the same.
    private static final int BLOCK = 4096;

    private final Volume volume;
    private final DiskFile file;

    BarrierFile(Volume volume, DiskFile file) {
        this.volume = volume;
        this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return file.read(into, position);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        int length = from.remaining();
        switch (volume.order()) {
            case BARRIER -> writeInOrder(from.duplicate(), position);
            case NONE -> file.write(from.duplicate(), position);
        }
        from.position(from.limit());
        return length;
    }

    private void writeInOrder(ByteBuffer from, long position) throws IOException {
        volume.writeAhead().force();
        int length = from.remaining();
        if (length > BLOCK) {
            file.write(from.slice(from.position() + BLOCK, length - BLOCK), position + BLOCK);
            file.force();
        }
        file.write(from.slice(from.position(), Math.min(BLOCK, length)), position);
        file.force();
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        // H2 may only shorten a file: a longer size changes nothing.
        if (size < file.size()) {
            file.truncate(size);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.force();
    }

    /// The whole folder is locked: see [dev.hearth.storage.disk.Disk#lock].
    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        return new NoLock(this, position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    private static final class NoLock extends FileLock {

        NoLock(FileChannel channel, long position, long size, boolean shared) {
            super(channel, position, size, shared);
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public void release() {
            // There is nothing to give back.
        }
    }
}
