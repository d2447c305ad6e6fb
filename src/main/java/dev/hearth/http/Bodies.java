package dev.hearth.http;

import com.sun.net.httpserver.HttpExchange;
import dev.hearth.concurrent.Hold;
import dev.hearth.concurrent.Permits;
import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/// Reads the bodies of requests, within limits: of each body's size, of its slowness, of all
/// bodies' sizes together, and of what those may take that have come and are being worked on.
final class Bodies {

    private static final int KILOBYTE = 1024;
    private static final int BUFFER = 8 * KILOBYTE;
    private static final Duration PATIENCE_WITH_THE_SLOW = Duration.ofSeconds(10);
    private static final int LEAST_BYTES_A_SECOND = 1024;

    /// What a text becomes when it is read takes up to 38 times its size: that of many objects with
    /// one number each.
    private static final int WEIGHT = 40;

    /// Bodies that are not counted when they are worked on.
    private static final int SMALL = 8 * KILOBYTE;

    private static final Duration PATIENCE_FOR_WORK = Duration.ofSeconds(10);

    private static final Body NONE = new Body(new byte[0], Hold.nothing(), Hold.nothing());

    /// Kilobytes of bodies, come or coming.
    private final Permits room;

    private final int mostAtOnce;

    /// Kilobytes that bodies in work may become.
    private final Permits work;

    private final int mostInWork;

    Bodies(long heap) {
        mostAtOnce = Math.clamp(heap / 8 / KILOBYTE, 16 * KILOBYTE, 1 << 20);
        room = new Permits(mostAtOnce);
        mostInWork = Math.clamp(heap / 3 / KILOBYTE, 32 * KILOBYTE, 1 << 24);
        work = new Permits(mostInWork);
    }

    /// A body, and what it holds until it is closed.
    record Body(byte[] bytes, Hold room, Hold work) implements AutoCloseable {
        @Override
        public void close() {
            work.close();
            room.close();
        }
    }

    /// What a request without a body has.
    Body none() {
        return NONE;
    }

    /// The whole body.
    ///
    /// @throws MatrixException if it is too large, too slow or cut short
    Body read(HttpExchange exchange, int limit) {
        long announced = announced(exchange);
        if (announced > limit) {
            throw tooLarge(limit);
        }
        boolean chunked =
                announced < 0 && exchange.getRequestHeaders().containsKey("Transfer-Encoding");
        long most = chunked ? limit : Math.max(0, announced);
        if (most == 0) {
            return NONE;
        }
        var hold =
                room.tryTake((int) Math.min(mostAtOnce, most / KILOBYTE + 1))
                        .orElseThrow(
                                () -> new MatrixException.LimitExceeded(Duration.ofSeconds(1)));
        try {
            byte[] bytes = read(exchange, (int) most, chunked);
            return new Body(bytes, hold, toWork(bytes.length));
        } catch (MatrixException e) {
            hold.close();
            throw e;
        }
    }

    /// Waits until there is room for what the body may become: only for one that has come whole, so
    /// that nobody waits for a slow client.
    private Hold toWork(int bytes) {
        return bytes <= SMALL
                ? Hold.nothing()
                : work.take(Math.min(mostInWork, bytes / KILOBYTE * WEIGHT), PATIENCE_FOR_WORK)
                        .orElseThrow(
                                () -> new MatrixException.LimitExceeded(Duration.ofSeconds(1)));
    }

    /// The announced length, or -1 if there is none.
    private static long announced(HttpExchange exchange) {
        var length = exchange.getRequestHeaders().getFirst("Content-Length");
        return length == null ? -1 : Long.parseLong(length);
    }

    private static byte[] read(HttpExchange exchange, int most, boolean chunked) {
        // Grows with what comes, not with what was announced.
        var bytes = new ByteArrayOutputStream(Math.min(most, BUFFER));
        var buffer = new byte[Math.min(BUFFER, most + 1)];
        long start = System.nanoTime();
        try {
            var in = exchange.getRequestBody();
            for (int count; (count = in.read(buffer)) >= 0; ) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > most) {
                    throw tooLarge(most);
                }
                if (isTooSlow(bytes.size(), System.nanoTime() - start)) {
                    throw MatrixException.error(ErrorCode.M_UNKNOWN, "The body came too slowly")
                            .withStatus(408);
                }
            }
        } catch (IOException _) {
            throw cutShort();
        }
        if (!chunked && bytes.size() < most) {
            throw cutShort();
        }
        return bytes.toByteArray();
    }

    private static boolean isTooSlow(long bytes, long nanos) {
        long late = nanos - PATIENCE_WITH_THE_SLOW.toNanos();
        return late > 0 && bytes < late / 1_000_000_000 * LEAST_BYTES_A_SECOND;
    }

    private static MatrixException tooLarge(int limit) {
        return MatrixException.tooLarge("The body may have at most " + limit + " bytes here");
    }

    private static MatrixException cutShort() {
        return MatrixException.notJson("The body was cut short, or its framing is wrong");
    }
}
