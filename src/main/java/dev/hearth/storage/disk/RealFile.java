package dev.hearth.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// A file whose channel is opened again when an interrupt has closed it.
final class RealFile implements DiskFile {

    private final Path path;
    private volatile FileChannel channel;
    private volatile boolean closed;

    private RealFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static RealFile open(Path path) throws IOException {
        return Uninterrupted.call(() -> {
            var channel =
                    FileChannel.open(
                            path,
                            Set.of(
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.CREATE),
                            Private.file(path));
            Private.makeFile(path);
            return new RealFile(path, channel);
        });
    }

    static RealFile openExisting(Path path) throws IOException {
        return Uninterrupted.call(() -> new RealFile(path, reopen(path)));
    }

    private static FileChannel reopen(Path path) throws IOException {
        return FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int start = into.position();
        return Uninterrupted.call(() -> channel().read(into.position(start), position));
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        var rest = from.duplicate();
        int start = rest.position();
        Uninterrupted.call(() -> {
            rest.position(start);
            while (rest.hasRemaining()) {
                channel().write(rest, position + rest.position() - start);
            }
            return rest;
        });
        from.position(from.limit());
    }

    @Override
    public long size() throws IOException {
        return Uninterrupted.call(() -> channel().size());
    }

    @Override
    public void truncate(long size) throws IOException {
        Uninterrupted.call(() -> channel().truncate(size));
    }

    @Override
    public void force() throws IOException {
        Uninterrupted.call(() -> {
            channel().force(false);
            return true;
        });
    }

    private FileChannel channel() throws IOException {
        var current = channel;
        return current.isOpen() ? current : reopened();
    }

    private synchronized FileChannel reopened() throws IOException {
        if (closed) {
            throw new IOException(path + " is closed");
        }
        if (!channel.isOpen()) {
            channel = reopen(path);
        }
        return channel;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
