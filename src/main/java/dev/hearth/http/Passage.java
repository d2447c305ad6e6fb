package dev.hearth.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// One connection through the door. It says until when it expects something from the other side;
/// who watches it breaks it off when that is over.
final class Passage {

    private static final int MOST_OF_A_HEAD = 65_536;
    private static final int BUFFER = 8192;
    private static final long NEVER = Long.MAX_VALUE;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final Socket socket;
    private final DoorLimits limits;

    /// When the handshake or the header is late.
    private final AtomicLong lateToCome;

    /// When what is being written is late.
    private final AtomicLong lateToTake = new AtomicLong(NEVER);

    /// When the whole is, after the other side has said that it sends no more.
    private final AtomicLong lateToEnd = new AtomicLong(NEVER);

    private final SSLSocket secure;

    private Passage(Socket socket, SSLSocket secure, DoorLimits limits) {
        this.socket = socket;
        this.secure = secure;
        this.limits = limits;
        this.lateToCome = new AtomicLong(in(limits.handshake()));
    }

    static Passage over(Socket socket, SSLContext context, DoorLimits limits) throws IOException {
        socket.setTcpNoDelay(true);
        var secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secure.setUseClientMode(false);
        var parameters = secure.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setUseCipherSuitesOrder(true);
        secure.setSSLParameters(parameters);
        return new Passage(socket, secure, limits);
    }

    private static long in(Duration patience) {
        return System.nanoTime() + patience.toNanos();
    }

    InetAddress client() {
        return socket.getInetAddress();
    }

    boolean isLate(long now) {
        return isOver(lateToCome, now) || isOver(lateToTake, now) || isOver(lateToEnd, now);
    }

    private static boolean isOver(AtomicLong deadline, long now) {
        long end = deadline.get();
        return end != NEVER && now - end > 0;
    }

    void shakeHands() throws IOException {
        secure.startHandshake();
    }

    /// What came, up to the end of the first header at least; empty if nothing did.
    byte[] readHead() throws IOException {
        lateToCome.set(in(limits.firstByte()));
        var in = secure.getInputStream();
        var buffer = new byte[BUFFER];
        var head = new ByteArrayOutputStream(BUFFER);
        for (int count; (count = in.read(buffer)) >= 0; ) {
            if (head.size() == 0) {
                lateToCome.set(in(limits.header()));
            }
            int before = head.size();
            head.write(buffer, 0, count);
            var bytes = head.toByteArray();
            if (hasEnd(bytes, before)) {
                lateToCome.set(NEVER);
                return bytes;
            }
            if (bytes.length > MOST_OF_A_HEAD) {
                throw new IOException("a header was too large");
            }
        }
        return new byte[0];
    }

    private static boolean hasEnd(byte[] bytes, int from) {
        int last = bytes.length - END_OF_HEAD.length;
        for (int i = Math.max(0, from - END_OF_HEAD.length); i <= last; i++) {
            if (Arrays.equals(bytes, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, 4)) {
                return true;
            }
        }
        return false;
    }

    /// Carries bytes both ways until the plain server ends it.
    void carry(Socket plain, byte[] head) throws IOException {
        plain.setTcpNoDelay(true);
        Thread.ofVirtual().name("door-in").start(() -> carryIn(plain, head));
        var in = plain.getInputStream();
        var out = secure.getOutputStream();
        var buffer = new byte[BUFFER];
        for (int count; (count = in.read(buffer)) >= 0; ) {
            lateToTake.set(in(limits.write()));
            out.write(buffer, 0, count);
            lateToTake.set(NEVER);
        }
    }

    private void carryIn(Socket plain, byte[] head) {
        try {
            var in = secure.getInputStream();
            var out = plain.getOutputStream();
            out.write(head);
            var buffer = new byte[BUFFER];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                out.write(buffer, 0, count);
            }
            lateToEnd.set(in(limits.leaving()));
            plain.shutdownOutput();
        } catch (IOException _) {
            close(plain);
        }
    }

    /// Ends it as TLS wants it, within a while.
    void end() {
        lateToEnd.set(in(limits.handshake()));
        close(secure);
        close(socket);
    }

    /// Ends it at once.
    void breakOff() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is as closed as it will be.
        }
    }
}
