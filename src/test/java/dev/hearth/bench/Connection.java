package dev.hearth.bench;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// One kept-alive connection that speaks just enough HTTP/1.1. The generator shares the machine's
/// cores with what it measures, and the JDK's client would take half of them. For one thread.
final class Connection implements AutoCloseable {

    private static final Duration USED_WITHIN = Duration.ofSeconds(30);

    private final URI server;
    private Socket socket;
    private InputStream in;
    private long lastUsed;

    /// What the server answered.
    record Answer(int status, byte[] body) {

        /// The body of a 200; anything else ends the run with what was answered.
        JsonObject ok() {
            if (status != 200) {
                throw new IllegalStateException("the server answered " + status + " " + text());
            }
            return JsonReader.readObject(body);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    Connection(URI server) {
        this.server = server;
        open();
    }

    private void open() {
        try {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5_000);
            socket.setSoTimeout(120_000);
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            lastUsed = System.nanoTime();
        } catch (IOException e) {
            throw new UncheckedIOException(server.toString(), e);
        }
    }

    /// A server has closed by now what was not used for a while.
    private void refresh() {
        if (System.nanoTime() - lastUsed > USED_WITHIN.toNanos()) {
            close();
            open();
        }
        lastUsed = System.nanoTime();
    }

    Answer call(String method, String path, String token, String body) {
        refresh();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + server.getAuthority()
                        + "\r\n"
                        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                        + "Content-Type: application/json\r\nContent-Length: "
                        + bytes.length
                        + "\r\n\r\n";
        try {
            var request = new ByteArrayOutputStream(head.length() + bytes.length);
            request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(bytes);
            socket.getOutputStream().write(request.toByteArray());
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    private Answer read() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            }
        }
        return new Answer(status, chunked ? chunks() : in.readNBytes(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
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
