package dev.hearth.delayed;

import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Two users in a room, and what one of them plans there.
abstract class PlansScene {

    final TestClock clock = new TestClock();
    TestHomeserver server;
    TestUser alice;
    TestUser bob;
    String room;
    Plans plans;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start(clock);
        alice = server.registerAdministrator("alice");
        bob = server.register("bob");
        room = Plans.open(alice);
        bob.join(room);
        bob.sync();
        plans = new Plans(server.client(), alice, room);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    void pass(long millis) {
        clock.pass(Duration.ofMillis(millis));
    }
}
