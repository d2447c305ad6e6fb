package dev.hearth.storage.journal;

import dev.hearth.storage.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// The journal's files: those that an earlier run wrote, which can be replayed, and those that are
/// free to be written.
public final class JournalFolder implements Closeable {

    private static final Logger LOG = System.getLogger(JournalFolder.class.getName());

    private static final Pattern NAME = Pattern.compile("segment-([0-9]{8,18})");

    /// So many are ready at any time. More are kept only as far as they are in use anyway.
    private static final int READY = 2;

    private final Disk disk;
    private final Path folder;
    private final int segmentBytes;
    private final int kept;
    private final List<OldSegment> old = new ArrayList<>();

    /// Guards the free files and the number of the next one.
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<SegmentFile> free = new ArrayDeque<>();
    private long nextNumber = 1;
    private long nextGeneration = 1;

    private JournalFolder(Disk disk, Path folder, int segmentBytes, int kept) {
        this.disk = disk;
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.kept = kept;
    }

    /// Opens the folder, and makes it if there is none.
    ///
    /// @param kept how many free files are kept for later
    public static JournalFolder open(Disk disk, Path folder, int segmentBytes, int kept)
            throws IOException {
        disk.makeFolder(folder);
        var opened = new JournalFolder(disk, folder, segmentBytes, kept);
        for (var path : disk.list(folder)) {
            opened.find(path);
        }
        opened.old.sort(Comparator.comparingLong(segment -> segment.header().generation()));
        return opened;
    }

    private void find(Path path) throws IOException {
        var name = NAME.matcher(String.valueOf(path.getFileName()));
        if (!name.matches()) {
            return;
        }
        nextNumber = Math.max(nextNumber, Long.parseLong(name.group(1)) + 1);
        var file = SegmentFile.open(disk, path);
        var header = file.header();
        if (header.isPresent()) {
            old.add(new OldSegment(file, header.get()));
            nextGeneration = Math.max(nextGeneration, header.get().generation() + 1);
        } else {
            giveBack(file);
        }
    }

    /// Whether there are segments of an earlier run.
    public boolean isUsed() {
        return !old.isEmpty();
    }

    /// Replays all whole records after one.
    ///
    /// @return the sequence number of the last one that the database has now
    /// @throws JournalGapException if what should follow is missing
    public long replay(long after, Replayer replayer) throws IOException {
        if (isUsed() && old.stream().noneMatch(segment -> segment.header().first() <= after + 1)) {
            throw new JournalGapException(after, old.getFirst().header().first());
        }
        long next = after + 1;
        for (int i = 0; i < old.size(); i++) {
            var segment = old.get(i);
            if (segment.header().first() > next) {
                // It was begun while the one before was never forced to its end, so that nobody
                // was promised anything in it.
                LOG.log(Level.INFO, "The journal ends within a segment, before {0}", next);
                break;
            }
            next = Math.max(next, segment.replay(next, beginOfLater(i), replayer));
        }
        return next - 1;
    }

    /// A later segment that begins before an earlier one ends was begun after a crash, with what
    /// followed cut off.
    private long beginOfLater(int index) {
        return old.subList(index + 1, old.size()).stream()
                .mapToLong(segment -> segment.header().first())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /// Frees all old segments: the database itself has on disk what they tell.
    void freeOld() throws IOException {
        for (var segment : old) {
            giveBack(segment.file());
        }
        old.clear();
    }

    /// A new segment in a free file, or a new one.
    ///
    /// @param least how many bytes it must have room for
    Segment begin(long first, int least) throws IOException {
        lock.lock();
        try {
            var header = new SegmentFile.Header(nextGeneration++, first);
            return new Segment(least > segmentBytes ? make(least) : takeFree(), header);
        } finally {
            lock.unlock();
        }
    }

    private SegmentFile takeFree() throws IOException {
        var ready = Optional.ofNullable(free.poll());
        return ready.isPresent() ? ready.get() : make(segmentBytes);
    }

    private SegmentFile make(int size) throws IOException {
        var path = folder.resolve("segment-%08d".formatted(nextNumber++));
        var file = SegmentFile.make(disk, path, size);
        disk.forceFolder(folder);
        return file;
    }

    /// Takes a file back whose records are not needed any more.
    void giveBack(SegmentFile file) throws IOException {
        lock.lock();
        try {
            if (file.size() == segmentBytes && free.size() < kept) {
                free.add(file);
                return;
            }
        } finally {
            lock.unlock();
        }
        file.file().close();
        disk.delete(file.path());
    }

    /// Makes files ready, so that no transaction has to wait for it.
    void prepare() throws IOException {
        while (lacksReady()) {
            SegmentFile file;
            lock.lock();
            try {
                file = make(segmentBytes);
            } finally {
                lock.unlock();
            }
            giveBack(file);
        }
    }

    private boolean lacksReady() {
        lock.lock();
        try {
            return free.size() < Math.min(READY, kept);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        for (var segment : old) {
            segment.file().file().close();
        }
        for (var file : free) {
            file.file().close();
        }
    }
}
