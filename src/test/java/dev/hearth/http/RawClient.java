package dev.hearth.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that says exactly what a test wants said, byte for byte, and reads answers one by one.
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(InetSocketAddress address) {
        this(connected(address));
    }

    private static Socket connected(InetSocketAddress address) {
        try {
            return new Socket(address.getAddress(), address.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Over a connection that is there already, with TLS perhaps.
    RawClient(Socket connected) {
        try {
            socket = connected;
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /// Sends text as it is; line ends are written as CR LF.
    RawClient send(String text) {
        return sendExactly(text.replace("\n", "\r\n"));
    }

    RawClient sendExactly(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer get(String target) {
        return send("GET " + target + " HTTP/1.1\nHost: test\n\n").answer();
    }

    Answer post(String target, String body) {
        return send("POST %s HTTP/1.1\nHost: test\nContent-Length: %d\n\n"
                        .formatted(target, body.length()))
                .sendExactly(body)
                .answer();
    }

    Answer answer() {
        try {
            return readAnswer(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer answerToHead() {
        try {
            return readAnswer(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer readAnswer(boolean withBody) throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.put(name, line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = withBody ? in.readNBytes(length) : new byte[0];
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended within: " + bytes);
            }
            if (b != '\r') {
                bytes.write(b);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Whether the server closes without saying anything more.
    boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /// Whether the server says nothing that is HTTP, and closes.
    boolean endsWithoutAnswer() {
        try {
            return !new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).startsWith("HTTP");
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /// Whether the server closes before it has said so many bytes.
    boolean endsBefore(long bytes) {
        try {
            return in.skip(bytes) < bytes && in.read() < 0;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
