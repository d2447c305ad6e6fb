package dev.hearth.outgoing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// HTTP/1.1 as a client: one request, one answer, and the connection ends.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112 HTTP/1.1
final class Wire {

    private static final int MOST_OF_A_HEAD = 65_536;
    private static final int MOST_INTERIM_ANSWERS = 5;
    private static final int BUFFER = 8192;

    private final InputStream in;
    private final OutputStream out;

    Wire(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.out = out;
    }

    void send(OutgoingRequest request) throws IOException {
        byte[] body = request.content().map(Content::bytes).orElse(new byte[0]);
        var head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.requestTarget());
        head.append(" HTTP/1.1\r\nHost: ").append(request.target().getRawAuthority());
        head.append("\r\nConnection: close\r\nAccept-Encoding: identity\r\nUser-Agent: Hearth\r\n");
        request.headers().forEach((name, value) -> line(head, name, value));
        request.content()
                .ifPresent(content -> {
                    line(head, "Content-Type", content.type());
                    line(head, "Content-Length", Integer.toString(body.length));
                });
        head.append("\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /// @param most how many bytes the body may have
    Answer receive(int most) throws IOException {
        for (int i = 0; i < MOST_INTERIM_ANSWERS; i++) {
            var left = new Budget(MOST_OF_A_HEAD);
            int status = status(line(left));
            var headers = headers(left);
            if (status >= 200) {
                boolean none = status == 204 || status == 304;
                return new Answer(status, headers, none ? new byte[0] : body(headers, most));
            }
        }
        throw new IOException("it says that it goes on, and doesn't");
    }

    /// How many more bytes there may be.
    private static final class Budget {
        private int left;

        private Budget(int bytes) {
            left = bytes;
        }

        private void take(int bytes, String what) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException(what + " is too large");
            }
        }
    }

    private static int status(String line) throws IOException {
        var words = line.split(" ", 3);
        boolean known = words[0].equals("HTTP/1.1") || words[0].equals("HTTP/1.0");
        if (!known || words.length < 2 || !words[1].matches("[1-9][0-9][0-9]")) {
            throw new IOException("its answer is no HTTP");
        }
        return Integer.parseInt(words[1]);
    }

    private Map<String, String> headers(Budget left) throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(left); !line.isEmpty(); line = line(left)) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("a header of its answer is none");
            }
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return headers;
    }

    private String line(Budget left) throws IOException {
        var bytes = new ByteArrayOutputStream(80);
        for (int b = next(); b != '\n'; b = next()) {
            left.take(1, "the head of its answer");
            bytes.write(b);
        }
        left.take(1, "the head of its answer");
        var line = bytes.toString(StandardCharsets.ISO_8859_1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw cutShort();
        }
        return b;
    }

    private byte[] body(Map<String, String> headers, int most) throws IOException {
        var encoding = headers.get("transfer-encoding");
        var length = headers.get("content-length");
        if (encoding != null) {
            if (!encoding.equalsIgnoreCase("chunked")) {
                throw new IOException("its answer is encoded in a way that nobody asked for");
            }
            return chunks(most);
        }
        return length == null ? untilTheEnd(most) : exactly(length(length), most);
    }

    private static long length(String digits) throws IOException {
        if (!digits.matches("[0-9]{1,18}")) {
            throw new IOException("the length of its answer is no number");
        }
        return Long.parseLong(digits);
    }

    private byte[] exactly(long length, int most) throws IOException {
        if (length > most) {
            throw tooLarge();
        }
        var body = in.readNBytes((int) length);
        if (body.length < length) {
            throw cutShort();
        }
        return body;
    }

    private byte[] untilTheEnd(int most) throws IOException {
        var body = in.readNBytes(most);
        if (body.length == most && in.read() >= 0) {
            throw tooLarge();
        }
        return body;
    }

    private byte[] chunks(int most) throws IOException {
        var body = new ByteArrayOutputStream();
        // What frames the chunks counts too: many tiny ones are a way to make us work.
        var framing = new Budget(MOST_OF_A_HEAD + most);
        for (int size = size(framing); size > 0; size = size(framing)) {
            if (size > most - body.size()) {
                throw tooLarge();
            }
            body.write(exactly(size, most));
            if (!line(framing).isEmpty()) {
                throw new IOException("a chunk of its answer doesn't end where it should");
            }
        }
        headers(framing);
        return body.toByteArray();
    }

    private int size(Budget framing) throws IOException {
        var line = line(framing);
        int semicolon = line.indexOf(';');
        var digits = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
        if (!digits.matches("[0-9a-fA-F]{1,8}")) {
            throw new IOException("a chunk of its answer has no size");
        }
        return (int) Math.min(Long.parseLong(digits, 16), Integer.MAX_VALUE);
    }

    private static IOException cutShort() {
        return new EOFException("it ended the connection amid its answer");
    }

    private static IOException tooLarge() {
        return new IOException("its answer is too large");
    }
}
