package dev.hearth.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// PGW-3, PGW-4: gateways that fail, reject, keep one waiting, or send elsewhere.
class FailedDeliveryTest extends PushScene {

    private void timePasses() {
        clock.pass(Duration.ofMillis(500));
    }

    private int pushers(TestUser user) {
        return user.client().get("/_matrix/client/v3/pushers").ok().array("pushers").size();
    }

    @Test
    @DisplayName("PGW-3: what fails is tried again, in its order, with ever longer pauses")
    void whatFailsIsTriedAgain() {
        gateway.answer(503);
        push(bob, "key", data());
        var one = alice.say(room, "one");
        assertEquals(one, event(gateway.next()));
        var two = alice.say(room, "two");
        var pauses = new ArrayList<Duration>();
        for (int failures = 1; failures <= 4; failures++) {
            var before = clock.instant();
            assertEquals(one, event(gateway.nextWhile(this::timePasses)));
            pauses.add(Duration.between(before, clock.instant()));
        }
        // Eight seconds, spread by a fifth.
        assertTrue(pauses.getLast().toMillis() >= 6_400, pauses.toString());
        gateway.accept();
        assertEquals(one, event(gateway.nextWhile(this::timePasses)));
        assertEquals(two, event(gateway.next()));
        assertFalse(gateway.hasMore());
    }

    @Test
    @DisplayName("PGW-3: a restart loses nothing, and doesn't shorten the pause")
    void aRestartLosesNothing() {
        gateway.answer(500);
        push(bob, "key", data());
        var one = alice.say(room, "one");
        assertEquals(one, event(gateway.next()));
        server.close();
        server = start();
        alice = server.login("alice");
        gateway.accept();
        var two = alice.say(room, "two");
        assertEquals(one, event(gateway.nextWhile(this::timePasses)));
        assertEquals(two, event(gateway.next()));
        server.login("bob").read(room, two);
        assertEquals(0, unread(gateway.next()));
    }

    @Test
    @DisplayName("PGW-3: what is a day old is no news any more")
    void whatIsADayOldIsNoNews() {
        gateway.answer(404);
        push(bob, "key", data());
        alice.say(room, "old");
        gateway.next();
        clock.pass(Duration.ofHours(25));
        gateway.accept();
        var event = alice.say(room, "new");
        assertEquals(event, event(gateway.nextWhile(this::timePasses)));
    }

    @Test
    @DisplayName("PGW-3: a pusher whose key is rejected is removed")
    void aRejectedPusherIsRemoved() {
        push(bob, "key", data());
        push(bob, "other", data());
        gateway.reject("key");
        alice.say(room, "one");
        gateway.next();
        gateway.next();
        bob.syncUntil(_ -> pushers(bob) == 1);
        gateway.accept();
        alice.say(room, "two");
        assertEquals("other", device(gateway.next()).string("pushkey"));
        assertFalse(gateway.hasMore());
    }

    @Test
    @DisplayName("PGW-3: a gateway that answers nothing delays no other, nor its own users")
    void aSlowGatewayDelaysNoOther() {
        try (var slow = new ScriptedGateway(authority)) {
            slow.hold();
            push(bob, "slow", JsonObject.of("url", slow.url()));
            push(bob, "quick", data());
            var one = alice.say(room, "one");
            assertEquals(one, event(slow.next()));
            assertEquals(one, event(gateway.next()));
            var two = alice.say(room, "two");
            assertEquals(two, event(gateway.next()));
            assertFalse(slow.hasMore());
            slow.goOn();
            assertEquals(two, event(slow.next()));
        }
    }

    @Test
    @DisplayName("PGW-4: a redirect is no answer, and isn't followed")
    void aRedirectIsNotFollowed() {
        gateway.answer(307);
        push(bob, "key", data());
        var one = alice.say(room, "one");
        assertEquals(one, event(gateway.next()));
        gateway.accept();
        assertEquals(one, event(gateway.nextWhile(this::timePasses)));
        assertFalse(gateway.hasMore());
    }
}
