package dev.hearth.outgoing;

import dev.hearth.testing.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server that answers every connection with what a test wants, byte for byte.
final class Peer implements AutoCloseable {

    private final ServerSocket server;
    private final Script script;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    /// What it does on a connection, when it has read a request's head.
    @FunctionalInterface
    interface Script {
        void answer(InputStream in, OutputStream out) throws IOException;
    }

    private Peer(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        Thread.ofVirtual().start(this::serve);
    }

    static Peer saying(String answer) {
        return playing(Optional.empty(), saysThis(answer));
    }

    static Peer saying(TestAuthority.Identity identity, String answer) {
        return playing(Optional.of(identity), saysThis(answer));
    }

    static Peer playing(Script script) {
        return playing(Optional.empty(), script);
    }

    private static Script saysThis(String answer) {
        return (_, out) ->
                out.write(answer.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Peer playing(Optional<TestAuthority.Identity> identity, Script script) {
        try {
            var loopback = InetAddress.ofLiteral("127.0.0.1");
            var server =
                    identity.isEmpty()
                            ? new ServerSocket(0, 50, loopback)
                            : identity.get()
                                    .context()
                                    .getServerSocketFactory()
                                    .createServerSocket(0, 50, loopback);
            return new Peer(server, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = socket.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = in.read();
                if (b < 0) {
                    return;
                }
                head.append((char) b);
            }
            int at = head.indexOf("Content-Length: ");
            if (at >= 0) {
                int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
                head.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            }
            requests.add(head.toString());
            script.answer(in, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // The client under test went away, which it may.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /// The next request, as it came.
    String request() {
        try {
            var request = requests.poll(30, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean wasAsked() {
        return !requests.isEmpty();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
