package dev.hearth.outgoing;

import dev.hearth.concurrent.TimeLimit;
import dev.hearth.configuration.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Sends requests to other servers, one connection each. The thread that calls waits for the
/// answer, and no longer than the request's time limit.
public final class Outgoing {

    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(10);
    private static final String TOO_LATE = "no answer in time";
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    private final Addresses addresses;
    private final Trust trust;
    private final Runnable settle;

    /// @param settle the gate: returns when all that was committed until then is on the disk
    public Outgoing(Configuration configuration, Runnable settle) {
        this(configuration, NameResolution.ofTheMachine(), settle);
    }

    Outgoing(Configuration configuration, NameResolution resolution, Runnable settle) {
        var settings = configuration.httpClient();
        this.addresses =
                new Addresses(
                        configuration.federation().resolve(),
                        resolution,
                        new DenyList(settings.ipDeny()));
        this.trust = new Trust(settings.extraCa());
        this.settle = settle;
    }

    /// Sends a request and waits for the whole answer, of whatever status.
    ///
    /// @throws RemoteException if there is none
    public Answer send(OutgoingRequest request) {
        settle.run();
        long end = System.nanoTime() + request.limits().time().toNanos();
        var current = request;
        while (true) {
            var answer = attempt(current, end);
            var location = answer.header("Location");
            boolean leads = REDIRECTS.contains(answer.status()) && location.isPresent();
            if (!leads || current.limits().redirects() == 0 || !current.method().equals("GET")) {
                return answer;
            }
            current = redirected(current, location.get());
        }
    }

    private static OutgoingRequest redirected(OutgoingRequest request, String location) {
        try {
            return request.redirected(location);
        } catch (IllegalArgumentException e) {
            throw new RemoteException(request.place().toString(), String.valueOf(e.getMessage()));
        }
    }

    private Answer attempt(OutgoingRequest request, long end) {
        var place = request.place();
        try (var attempt = new Attempt(end)) {
            for (var address : addresses.of(place.host(), attempt.left())) {
                if (attempt.connect(address, place.port())) {
                    break;
                }
            }
            return attempt.converse(request);
        } catch (IOException | UncheckedIOException e) {
            throw new RemoteException(place.toString(), String.valueOf(e.getMessage()));
        }
    }

    /// One connection. Its time limit closes the plain socket beneath TLS, whose own end could wait
    /// for the other side.
    private final class Attempt implements AutoCloseable {

        private final long end;
        private final TimeLimit limit;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Socket socket = new Socket();

        private Attempt(long end) {
            this.end = end;
            this.limit = TimeLimit.after(left(), this::giveUp);
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        }

        private void giveUp() {
            over.set(true);
            closeSocket();
        }

        /// Whether the address can be reached; else another one may.
        private boolean connect(InetAddress address, int port) throws IOException {
            if (socket.isClosed()) {
                socket = new Socket();
            }
            if (over.get()) {
                throw new IOException(TOO_LATE);
            }
            try {
                var left = left();
                var patience = left.compareTo(PATIENCE_TO_CONNECT) < 0 ? left : PATIENCE_TO_CONNECT;
                socket.connect(new InetSocketAddress(address, port), (int) patience.toMillis());
                socket.setTcpNoDelay(true);
                return true;
            } catch (IOException _) {
                socket.close();
                return false;
            }
        }

        private Answer converse(OutgoingRequest request) throws IOException {
            if (!socket.isConnected() || socket.isClosed()) {
                throw new IOException(over.get() ? TOO_LATE : "it can't be reached");
            }
            try {
                socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left().toMillis()));
                var wire = wire(request);
                wire.send(request);
                return wire.receive(request.limits().bytes());
            } catch (IOException e) {
                throw over.get() ? new IOException(TOO_LATE, e) : e;
            }
        }

        private Wire wire(OutgoingRequest request) throws IOException {
            if (!request.isSecure()) {
                return new Wire(socket.getInputStream(), socket.getOutputStream());
            }
            var secure = trust.shakeHands(socket, request.host(), request.place().port());
            return new Wire(secure.getInputStream(), secure.getOutputStream());
        }

        private void closeSocket() {
            try {
                socket.close();
            } catch (IOException _) {
                // It is as closed as it will be.
            }
        }

        @Override
        public void close() {
            limit.close();
            closeSocket();
        }
    }
}
