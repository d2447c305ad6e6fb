package dev.hearth.storage;

import dev.hearth.storage.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FilePath;

/// A folder as H2 sees it. H2 finds files by name alone, so that each open folder has a number in
/// one table of this process, and the names of its files begin with it: `hearth:7/hearth.mv.db`.
final class Volume implements AutoCloseable {

    /// In which order a chunk's blocks reach the disk. That of no order is for tests, which show
    /// what it breaks.
    enum Order {
        BARRIER,
        NONE
    }

    /// Makes durable what was decided before H2 saves it.
    interface WriteAhead {
        void force() throws IOException;
    }

    static final String SCHEME = "hearth";

    private static final Map<Long, Volume> MOUNTED = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final Disk disk;
    private final Path folder;
    private final Order order;
    private volatile WriteAhead writeAhead = () -> {};

    private Volume(Disk disk, Path folder, Order order) {
        this.disk = disk;
        this.folder = folder;
        this.order = order;
    }

    static Volume mount(Disk disk, Path folder, Order order) {
        FilePath.register(new HearthPath("", ""));
        var volume = new Volume(disk, folder, order);
        MOUNTED.put(volume.number, volume);
        return volume;
    }

    static Volume of(String number) {
        var volume = MOUNTED.get(Long.parseLong(number));
        if (volume == null) {
            throw new IllegalStateException("volume " + number + " is closed");
        }
        return volume;
    }

    String url() {
        return "jdbc:h2:" + SCHEME + ":" + number + "/hearth";
    }

    Disk disk() {
        return disk;
    }

    Path folder() {
        return folder;
    }

    Order order() {
        return order;
    }

    WriteAhead writeAhead() {
        return writeAhead;
    }

    /// From now on nothing that H2 saves is ahead of this.
    void writeAhead(WriteAhead first) {
        writeAhead = first;
    }

    @Override
    public void close() {
        MOUNTED.remove(number);
    }
}
