package dev.hearth.storage.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one thread that writes the journal and forces it, once for all who wait.
///
/// A maintainer's note: records are handed over in memory, so that nobody who holds a lock waits
/// for the disk. The thread sleeps until somebody waits for a record (or a good deal has gathered),
/// takes all there is, writes and forces it, and wakes those whose records were among it. Who comes
/// meanwhile waits for the next group: two conditions take turns, so that a group wakes its own and
/// not the thousands of the next. A thread of the platform, for it would hold a carrier all day. A
/// waiting caller that leads the flush instead was tried in a trial: slower, and it stalled once.
final class Flusher {

    /// So much is written even if nobody waits for it.
    private static final long GOOD_DEAL = 1 << 20;

    /// With so much waiting for the disk, what comes must wait too.
    private static final long TOO_MUCH = 32 << 20;

    private final Journal.Owner owner;
    private final Thread thread;
    private final PageWriter writer = new PageWriter();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private Condition thisGroup = lock.newCondition();
    private Condition nextGroup = lock.newCondition();
    private List<Page> pages = new ArrayList<>();
    private long pageBytes;
    private long wanted;
    private long appended;
    private long taken;
    private volatile long durable;
    private boolean closed;
    private @Nullable IOException failure;

    Flusher(Journal.Owner owner, long durable) {
        this.owner = owner;
        this.wanted = durable;
        this.appended = durable;
        this.taken = durable;
        this.durable = durable;
        this.thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::flush);
    }

    void start() {
        thread.start();
    }

    /// Takes over what belongs to a record, which is the newest from now on.
    ///
    /// @throws UncheckedIOException if the journal can't be written any more
    void append(List<Page> record, long sequence) {
        lock.lock();
        try {
            while (pageBytes > TOO_MUCH && failure == null && !closed) {
                room.awaitUninterruptibly();
            }
            refuseAfterFailure();
            for (var page : record) {
                pages.add(page);
                pageBytes += page.bytes().remaining();
            }
            appended = sequence;
            if (pageBytes > GOOD_DEAL) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Returns when a record is on the disk.
    ///
    /// @throws UncheckedIOException if that can't be known any more
    void await(long sequence) {
        if (durable >= sequence) {
            return;
        }
        lock.lock();
        try {
            while (durable < sequence) {
                refuseAfterFailure();
                if (sequence > taken && wanted < sequence) {
                    wanted = sequence;
                    work.signal();
                }
                (sequence <= taken ? thisGroup : nextGroup).awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void refuseAfterFailure() {
        if (failure != null) {
            throw new UncheckedIOException("The journal can't be written", failure);
        }
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
    }

    private void flush() {
        try {
            for (var group = take(); !group.isEmpty(); group = take()) {
                owner.beforeGroup();
                writer.write(group);
                tellDurable();
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new IOException(e));
        }
    }

    /// Waits for work and takes all there is; empty when closed.
    private List<Page> take() {
        lock.lock();
        try {
            while (!closed && (pages.isEmpty() || wanted <= durable && pageBytes <= GOOD_DEAL)) {
                work.awaitUninterruptibly();
            }
            if (closed) {
                return List.of();
            }
            var group = pages;
            pages = new ArrayList<>();
            pageBytes = 0;
            taken = appended;
            var before = thisGroup;
            thisGroup = nextGroup;
            nextGroup = before;
            room.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void tellDurable() {
        lock.lock();
        try {
            durable = taken;
            thisGroup.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException cause) {
        lock.lock();
        try {
            failure = cause;
            wakeAll();
        } finally {
            lock.unlock();
        }
        owner.failed(cause);
    }

    private void wakeAll() {
        thisGroup.signalAll();
        nextGroup.signalAll();
        room.signalAll();
        work.signalAll();
    }

    /// Ends the thread; what was appended and not waited for is not written.
    void close() {
        lock.lock();
        try {
            closed = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
        joinUninterruptibly();
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
