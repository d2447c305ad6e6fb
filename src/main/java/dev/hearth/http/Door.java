package dev.hearth.http;

import dev.hearth.concurrent.Hold;
import dev.hearth.concurrent.Leaving;
import dev.hearth.concurrent.PermitsPerKey;
import dev.hearth.concurrent.Repeating;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The door to the internet: accepts connections, speaks TLS on them, and hands what comes through
/// to the plain server on loopback, and back.
///
/// A maintainer's note: the JDK's own TLS server can be frozen by one client that doesn't read, and
/// has no time limit for a handshake or a header. Here each connection has a thread of its own, so
/// that nobody waits for another; it reaches the plain server only with a whole header; and a watch
/// closes what is too late, from beneath TLS, whose own end could wait for the other side. The
/// plain server sees connections of this process; [#clients] tells it whose they are.
final class Door implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Door.class.getName());

    private static final int BACKLOG = 1024;
    private static final int AT_ONCE_BY_ONE_HOUSEHOLD = 256;

    /// What a connection through the door takes of memory, its buffers for TLS above all.
    private static final long BYTES_OF_A_CONNECTION = 130_000;

    private static final Duration PAUSE_OF_THE_WATCH = Duration.ofMillis(500);
    private static final Duration PAUSE_OF_RENEWAL = Duration.ofMinutes(1);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(1);
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 100;

    private final ServerSocket entrance;
    private final InetSocketAddress inside;
    private final Identity identity;
    private final DoorLimits limits;
    private final int mostAtOnce;

    private final Map<Integer, InetAddress> clients = new ConcurrentHashMap<>();
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private final PermitsPerKey<String> perHousehold =
            new PermitsPerKey<>(AT_ONCE_BY_ONE_HOUSEHOLD);
    private final Leaving leaving = new Leaving();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Repeating watch;
    private final Repeating renewal;

    /// @param where to listen
    /// @param inside where the plain server is
    Door(InetSocketAddress where, InetSocketAddress inside, Identity identity, DoorLimits limits)
            throws IOException {
        this.inside = inside;
        this.identity = identity;
        this.limits = limits;
        long heap = Runtime.getRuntime().maxMemory();
        this.mostAtOnce = Math.clamp(heap / 2 / BYTES_OF_A_CONNECTION, 200, 20_000);
        this.entrance = new ServerSocket();
        entrance.setReuseAddress(true);
        entrance.bind(where, BACKLOG);
        this.watch = Repeating.every(PAUSE_OF_THE_WATCH, "door", this::closeTheLate);
        this.renewal = Repeating.every(PAUSE_OF_RENEWAL, "certificate", identity::renew);
        Thread.ofVirtual().name("door").start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) entrance.getLocalSocketAddress();
    }

    /// Who is behind a connection to the plain server.
    InetAddress client(InetSocketAddress connection) {
        return clients.getOrDefault(connection.getPort(), connection.getAddress());
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                var socket = entrance.accept();
                Thread.ofVirtual().name("door").start(() -> admit(socket));
            } catch (IOException e) {
                pauseAfter(e);
            }
        }
    }

    /// The machine may be out of file descriptors: others give theirs back in a while.
    private void pauseAfter(IOException e) {
        try {
            if (!closed.await(PAUSE_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "A connection could not be accepted: " + e.getMessage());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(Socket socket) {
        var address = socket.getInetAddress();
        var entered = leaving.enter();
        var permit =
                address.isLoopbackAddress() || entered.isEmpty()
                        ? entered
                        : perHousehold.tryTake(ClientAddresses.household(address));
        try (socket) {
            if (entered.isPresent() && permit.isPresent() && passages.size() < mostAtOnce) {
                serve(socket);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "A connection ended: " + e.getMessage());
        } finally {
            permit.ifPresent(Hold::close);
            entered.ifPresent(Hold::close);
        }
    }

    private void serve(Socket socket) throws IOException {
        var passage = Passage.over(socket, identity.context(), limits);
        passages.add(passage);
        try {
            passage.shakeHands();
            var head = passage.readHead();
            if (head.length > 0) {
                passThrough(passage, head);
            }
        } finally {
            passage.end();
            passages.remove(passage);
        }
    }

    private void passThrough(Passage passage, byte[] head) throws IOException {
        try (var plain = new Socket()) {
            plain.bind(new InetSocketAddress(inside.getAddress(), 0));
            int port = plain.getLocalPort();
            clients.put(port, passage.client());
            try {
                plain.connect(inside);
                passage.carry(plain, head);
            } finally {
                clients.remove(port);
            }
        }
    }

    private void closeTheLate() {
        long now = System.nanoTime();
        for (var passage : passages) {
            if (passage.isLate(now)) {
                passage.breakOff();
            }
        }
    }

    /// Accepts nobody any more; who is inside goes on.
    void shut() {
        closed.countDown();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits a moment until the last answers are through, and ends what is left.
    @Override
    public void close() {
        shut();
        leaving.close(PATIENCE_AT_CLOSE);
        passages.forEach(Passage::breakOff);
        watch.close();
        renewal.close();
    }
}
