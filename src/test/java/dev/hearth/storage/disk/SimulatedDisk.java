package dev.hearth.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// A disk in memory that forgets what was not forced, in any order, when its power is cut: blocks
/// of files, lengths, and the newest names in folders. It is as slow as it is told to be.
public final class SimulatedDisk implements Disk {

    /// One change of the names in a folder.
    private record Naming(Path folder, Optional<Path> gone, Optional<Path> come) {}

    private final long forceNanos;
    private final Map<Path, SimulatedFile> files = new TreeMap<>();
    private final Map<Path, SimulatedFile> namesOnDisk = new TreeMap<>();
    private final List<Naming> unforcedNames = new ArrayList<>();
    private final Map<Naming, SimulatedFile> named = new IdentityHashMap<>();
    private final Set<Path> locked = new HashSet<>();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong forces = new AtomicLong();
    private volatile long cutAt = Long.MAX_VALUE;
    private final AtomicReference<String> failForce = new AtomicReference<>("");
    private volatile long free = Long.MAX_VALUE;

    public SimulatedDisk(long forceMillis) {
        this.forceNanos = TimeUnit.MILLISECONDS.toNanos(forceMillis);
    }

    /// The power goes after so many more writes and forces.
    public void cutAfter(long more) {
        cutAt = steps.get() + more;
    }

    /// The next force of a file whose path has this in it fails, and it alone.
    public void failNextForce(String part) {
        failForce.set(part);
    }

    public void free(long bytes) {
        free = bytes;
    }

    public boolean isCut() {
        return steps.get() >= cutAt;
    }

    /// How often something was forced.
    public long forces() {
        return forces.get();
    }

    /// What is there when the power comes back.
    public synchronized SimulatedDisk afterPowerCut(RandomGenerator chance) {
        cutAt = 0;
        var disk = new SimulatedDisk(TimeUnit.NANOSECONDS.toMillis(forceNanos));
        int kept = chance.nextInt(unforcedNames.size() + 1);
        unforcedNames.subList(0, kept).forEach(this::applyName);
        namesOnDisk.forEach((path, file) -> {
            var left = file.afterPowerCut(chance);
            disk.files.put(path, left);
            disk.namesOnDisk.put(path, left);
        });
        return disk;
    }

    private void step() throws IOException {
        if (steps.incrementAndGet() >= cutAt) {
            throw new IOException("the power is gone");
        }
    }

    @Override
    public synchronized DiskFile open(Path path) {
        var file = files.get(path);
        if (file == null) {
            file = new SimulatedFile();
            files.put(path, file);
            name(new Naming(parent(path), Optional.empty(), Optional.of(path)), file);
        }
        return new Opened(path, file);
    }

    @Override
    public synchronized DiskFile openExisting(Path path) throws IOException {
        var file = files.get(path);
        if (file == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new Opened(path, file);
    }

    private void name(Naming naming, SimulatedFile file) {
        unforcedNames.add(naming);
        named.put(naming, file);
    }

    private void applyName(Naming naming) {
        naming.gone().ifPresent(namesOnDisk::remove);
        naming.come().ifPresent(path -> namesOnDisk.put(path, named.get(naming)));
        named.remove(naming);
    }

    private static Path parent(Path path) {
        return path.resolveSibling("");
    }

    @Override
    public synchronized boolean exists(Path file) {
        return files.containsKey(file);
    }

    @Override
    public synchronized List<Path> list(Path folder) {
        return files.keySet().stream().filter(path -> parent(path).equals(folder)).toList();
    }

    @Override
    public void makeFolder(Path folder) {
        // Folders are where files are.
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        step();
        var file = files.remove(path);
        if (file != null) {
            name(new Naming(parent(path), Optional.of(path), Optional.empty()), file);
        }
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        step();
        var file = files.remove(from);
        files.put(to, file);
        name(new Naming(parent(to), Optional.of(from), Optional.of(to)), file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        step();
        LockSupport.parkNanos(forceNanos);
        step();
        synchronized (this) {
            unforcedNames.forEach(this::applyName);
            unforcedNames.clear();
        }
    }

    @Override
    public long freeSpace(Path folder) {
        return free;
    }

    @Override
    public synchronized Closeable lock(Path folder) throws IOException {
        if (!locked.add(folder)) {
            throw new FolderInUseException(folder + " is in use");
        }
        return () -> {
            synchronized (this) {
                locked.remove(folder);
            }
        };
    }

    private final class Opened implements DiskFile {
        private final Path path;
        private final SimulatedFile file;

        private Opened(Path path, SimulatedFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            if (isCut()) {
                throw new IOException("the power is gone");
            }
            return file.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            step();
            if (free == 0 && position + from.remaining() > file.size()) {
                throw new IOException("No space left on device");
            }
            file.write(from, position);
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            step();
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            step();
            forces.incrementAndGet();
            var failing = failForce.get();
            if (!failing.isEmpty() && path.toString().contains(failing)) {
                failForce.set("");
                throw new IOException("the disk is broken");
            }
            long newest = file.newestStep();
            LockSupport.parkNanos(forceNanos);
            step();
            file.forced(newest);
        }

        @Override
        public void close() {
            // There is nothing to give back.
        }
    }
}
