package dev.hearth.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The disk of this machine.
public final class RealDisk implements Disk {

    /// What this process has locked. The operating system forgets a process's lock when any of its
    /// channels to the file is closed, so a second taker must be refused before it opens one.
    private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

    @Override
    public DiskFile open(Path file) throws IOException {
        return RealFile.open(file);
    }

    @Override
    public DiskFile openExisting(Path file) throws IOException {
        return RealFile.openExisting(file);
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            var above = folder.resolveSibling("");
            makeFolder(above);
            // Not one alone: somebody else may have been faster.
            Files.createDirectories(folder, Private.folder(folder));
            forceFolder(above);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        Uninterrupted.call(() -> {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return true;
        });
    }

    @Override
    public long freeSpace(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public Closeable lock(Path folder) throws IOException {
        var key = folder.toRealPath();
        if (!LOCKED.add(key)) {
            throw new FolderInUseException(folder + " is in use by this very process");
        }
        try {
            var channel = lockedChannel(folder);
            return () -> {
                channel.close();
                LOCKED.remove(key);
            };
        } catch (IOException | RuntimeException e) {
            LOCKED.remove(key);
            throw e;
        }
    }

    private static FileChannel lockedChannel(Path folder) throws IOException {
        var file = folder.resolve("hearth.lock");
        return Uninterrupted.call(() -> {
            var channel =
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                            Private.file(file));
            if (channel.tryLock() == null) {
                channel.close();
                throw new FolderInUseException(folder + " is in use by another process");
            }
            return channel;
        });
    }
}
