package dev.hearth.concurrent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where a long poll waits for news about its topic without missing any: take a [#mark], read what
/// there is, and if that was nothing, wait for news since the mark.
///
/// A maintainer's note: a condition alone loses what is published between the reading and the wait.
/// Here every publication has a number, and the board remembers the last number of each topic, so
/// that news of the time in between is found instead of waited for. The memory is bounded: the
/// topics longest without news are forgotten, and a mark older than the youngest forgotten number
/// counts as having news, whatever the topic. That costs such a reader one more look, and can't
/// make it miss anything.
public final class NewsBoard<K> implements AutoCloseable {

    private static final int REMEMBERED_TOPICS = 10_000;
    private static final int REMEMBERED_AUDIENCES = 256;
    private static final int SMALL_AUDIENCE = 16;

    private record Audience<K>(long number, Set<K> topics) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final int remembered;

    /// The number of each topic's last news, the longest quiet topic first.
    private final LinkedHashMap<K, Long> lastNews = new LinkedHashMap<>();

    /// The newest large audiences, the oldest first.
    private final ArrayDeque<Audience<K>> audiences = new ArrayDeque<>();

    private final Map<K, Waiting> waiting = new HashMap<>();
    private long published;
    private long forgotten;
    private boolean closed;

    public NewsBoard() {
        this(REMEMBERED_TOPICS);
    }

    NewsBoard(int remembered) {
        this.remembered = remembered;
    }

    /// The board as it is now. Take it before reading.
    public long mark() {
        lock.lock();
        try {
            return published;
        } finally {
            lock.unlock();
        }
    }

    /// Tells everybody who waits for this topic, now or since an older mark.
    public void publish(K topic) {
        lock.lock();
        try {
            published++;
            lastNews.remove(topic);
            lastNews.put(topic, published);
            forgetTheQuietest();
            signal(topic);
        } finally {
            lock.unlock();
        }
    }

    /// Tells everybody of an audience, at a cost that grows with the fewer of those in it and those
    /// who wait: a large room costs no more than who looks at it.
    ///
    /// A large audience is remembered as a whole, and only for a while: it is asked whether a topic
    /// is in it when somebody comes to wait.
    public void publishTo(Set<K> audience) {
        if (audience.size() <= SMALL_AUDIENCE) {
            audience.forEach(this::publish);
            return;
        }
        lock.lock();
        try {
            published++;
            audiences.addLast(new Audience<>(published, audience));
            if (audiences.size() > REMEMBERED_AUDIENCES) {
                forgotten = Math.max(forgotten, audiences.pollFirst().number());
            }
            if (audience.size() < waiting.size()) {
                audience.forEach(this::signal);
            } else {
                waiting.forEach((topic, waiters) -> {
                    if (audience.contains(topic)) {
                        waiters.news.signalAll();
                    }
                });
            }
        } finally {
            lock.unlock();
        }
    }

    private void signal(K topic) {
        var waiters = waiting.get(topic);
        if (waiters != null) {
            waiters.news.signalAll();
        }
    }

    private void forgetTheQuietest() {
        if (lastNews.size() > remembered) {
            forgotten = Math.max(forgotten, lastNews.pollFirstEntry().getValue());
        }
    }

    /// Waits until there is news about the topic that the mark doesn't know.
    ///
    /// @return whether there is news (or may have been); false when patience ended first, or the
    ///   board was closed: then answer with what you have
    public boolean awaitNewsSince(long mark, K topic, Duration patience) {
        lock.lock();
        try {
            return hasNewsSince(mark, topic) || waitForNews(mark, topic, patience);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasNewsSince(long mark, K topic) {
        return mark < forgotten
                || mark < lastNews.getOrDefault(topic, 0L)
                || isInAudienceSince(mark, topic);
    }

    private boolean isInAudienceSince(long mark, K topic) {
        var newestFirst = audiences.descendingIterator();
        while (newestFirst.hasNext()) {
            var audience = newestFirst.next();
            if (audience.number() <= mark) {
                return false;
            }
            if (audience.topics().contains(topic)) {
                return true;
            }
        }
        return false;
    }

    private boolean waitForNews(long mark, K topic, Duration patience) {
        Waiting waiters = waiting.computeIfAbsent(topic, _ -> new Waiting(lock.newCondition()));
        waiters.count++;
        try {
            long left = patience.toNanos();
            while (!closed && left > 0 && !hasNewsSince(mark, topic)) {
                left = waiters.news.awaitNanos(left);
            }
            return hasNewsSince(mark, topic);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (--waiters.count == 0) {
                waiting.remove(topic);
            }
        }
    }

    /// Ends all waits, those to come included: the server stops.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.values().forEach(waiters -> waiters.news.signalAll());
        } finally {
            lock.unlock();
        }
    }

    /// How many topics are waited for.
    int topicsWaitedFor() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// How many topics the board remembers.
    int topicsRemembered() {
        lock.lock();
        try {
            return lastNews.size();
        } finally {
            lock.unlock();
        }
    }

    private static final class Waiting {
        private final Condition news;
        private int count;

        private Waiting(Condition news) {
            this.news = news;
        }
    }
}
