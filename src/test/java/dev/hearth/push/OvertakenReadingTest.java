package dev.hearth.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.storage.Database;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.WrappedDatabase;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is said between a delivery's looking how far there is news, and its reading of it.
class OvertakenReadingTest extends PushScene {

    private volatile Runnable meanwhile = () -> {};

    @Override
    TestHomeserver start() {
        var hesitant = new Hesitant(H2Database.open(folder.resolve("data")));
        return TestHomeserver.start(hesitant, clock, settings());
    }

    @Test
    @DisplayName("PGW-1: an event counts when it is told, and is told once")
    void nothingIsToldTwice() throws InterruptedException {
        var said = new CountDownLatch(1);
        push(bob, "key", data());
        meanwhile =
                () -> {
                    if (gateway.hasMore() && said.getCount() > 0) {
                        alice.say(room, "two");
                        said.countDown();
                    }
                };
        var one = alice.say(room, "one");
        said.await();
        assertEquals(one, event(gateway.next()));
        var two = gateway.next();
        assertEquals(2, unread(two));
        assertFalse(event(two).equals("none"));
        assertFalse(gateway.hasMore());
    }

    /// A database whose deliveries pause before they read.
    private final class Hesitant extends WrappedDatabase {

        Hesitant(Database database) {
            super(database);
        }

        @Override
        public long position() {
            long position = super.position();
            if (Thread.currentThread().getName().equals("push")) {
                meanwhile.run();
            }
            return position;
        }
    }
}
