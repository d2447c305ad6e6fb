package dev.hearth.storage.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The journal that is being written. Appending is done by one at a time, under the writer's
/// permit; all else by anybody.
public final class Journal implements Closeable {

    /// Who must know what happens to the journal.
    public interface Owner {

        /// Before each group that is written: the moment to look at the free space.
        void beforeGroup();

        /// What was not forced until now never will be: the process must end.
        void failed(IOException cause);
    }

    private final JournalFolder folder;
    private final Flusher flusher;

    /// Guards the segments, of which one is appended to while others are given back.
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Segment> full = new ArrayDeque<>();
    private Segment current;
    private volatile long appended;
    private volatile long bytesSinceCheckpoint;

    private Journal(JournalFolder folder, Segment first, Flusher flusher) {
        this.folder = folder;
        this.current = first;
        this.appended = first.last();
        this.flusher = flusher;
    }

    /// Begins to write after a record, up to which the database itself is on the disk.
    public static Journal begin(JournalFolder folder, long after, Owner owner) throws IOException {
        folder.freeOld();
        folder.prepare();
        var first = folder.begin(after + 1, 0);
        var flusher = new Flusher(owner, after);
        flusher.append(List.of(first.header()), after);
        flusher.start();
        return new Journal(folder, first, flusher);
    }

    /// The sequence number that the next transaction will have.
    public long next() {
        return appended + 1;
    }

    /// The newest sequence number.
    public long appended() {
        return appended;
    }

    /// Appends a transaction, without waiting for the disk.
    ///
    /// @throws UncheckedIOException if that failed: then nothing was appended
    // Counted under the lock, read without it.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void append(TransactionLog log) {
        lock.lock();
        try {
            var pages = new ArrayList<Page>();
            var page = current.add(log);
            if (page.isEmpty()) {
                var next = folder.begin(current.last() + 1, Segment.roomFor(log));
                full.add(current);
                current = next;
                pages.add(next.header());
                page = next.add(log);
            }
            pages.add(page.orElseThrow());
            int bytes = page.orElseThrow().bytes().remaining();
            flusher.append(pages, current.last());
            appended = current.last();
            bytesSinceCheckpoint += bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("A new segment of the journal can't be made", e);
        } finally {
            lock.unlock();
        }
    }

    /// Returns when everything appended until now is on the disk.
    ///
    /// @throws UncheckedIOException if that can't be known any more
    public void force() {
        flusher.await(appended);
    }

    /// How many bytes were appended since segments were last given back.
    public long bytesSinceCheckpoint() {
        return bytesSinceCheckpoint;
    }

    /// Gives segments back whose records the database itself has on the disk.
    public void recycle(long upTo) throws IOException {
        for (var segment : takeFull(upTo)) {
            folder.giveBack(segment.file());
        }
        folder.prepare();
    }

    private List<Segment> takeFull(long upTo) {
        lock.lock();
        try {
            bytesSinceCheckpoint = 0;
            var done = new ArrayList<Segment>();
            while (!full.isEmpty() && full.getFirst().last() <= upTo) {
                done.add(full.removeFirst());
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    /// Stops at once: what nobody waited for is not written.
    @Override
    public void close() throws IOException {
        flusher.close();
        for (var segment : full) {
            segment.file().file().close();
        }
        current.file().file().close();
        folder.close();
    }
}
