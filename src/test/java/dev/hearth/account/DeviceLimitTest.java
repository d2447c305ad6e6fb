package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many devices a user may have.
class DeviceLimitTest {

    private static final String DEVICES = "/_matrix/client/v3/devices";

    private final TestClock clock = new TestClock();
    private final TestHomeserver server = TestHomeserver.start(clock, "devices.max_per_user=3");
    private final TestUser first = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private TestUser login(TestHomeserver to) {
        clock.pass(Duration.ofMinutes(2));
        return to.login("alice");
    }

    private static Set<String> devices(TestUser user) {
        return user.client().get(DEVICES).ok().array("devices").objects().stream()
                .map(device -> device.string("device_id"))
                .collect(Collectors.toSet());
    }

    private static void isSignedOut(TestUser user) {
        user.client().get(DEVICES).refused(401, "M_UNKNOWN_TOKEN");
    }

    @Test
    void theDeviceThatWasLongestUnseenMakesRoom() {
        var second = login(server);
        var third = login(server);
        clock.pass(Duration.ofDays(3));
        first.client().get(DEVICES).ok();
        clock.pass(Duration.ofDays(3));
        third.client().get(DEVICES).ok();
        var fourth = login(server);
        isSignedOut(second);
        assertEquals(
                Set.of(first.deviceId(), third.deviceId(), fourth.deviceId()), devices(fourth));
    }

    @Test
    void aLoginIsASighting() {
        var second = login(server);
        var third = login(server);
        clock.pass(Duration.ofMinutes(2));
        first.client().get(DEVICES).ok();
        var fourth = login(server);
        isSignedOut(second);
        var fifth = login(server);
        isSignedOut(third);
        assertEquals(Set.of(first.deviceId(), fourth.deviceId(), fifth.deviceId()), devices(fifth));
    }

    @Test
    void whoComesBackToADeviceNeedsNoRoom() {
        var second = login(server);
        login(server);
        clock.pass(Duration.ofMinutes(2));
        server.login("alice", JsonObject.of("device_id", second.deviceId()));
        assertEquals(3, devices(first).size());
        login(server);
        assertTrue(devices(first).contains(second.deviceId()));
    }

    @Test
    void othersHearThatADeviceIsGone() {
        var bob = server.register("bob");
        var room = bob.createRoom(JsonObject.of("preset", "public_chat"));
        first.join(room);
        login(server);
        login(server);
        var since = bob.client().get("/_matrix/client/v3/sync").ok().string("next_batch");
        login(server);
        isSignedOut(first);
        var changed =
                bob.client()
                        .get("/_matrix/client/v3/sync?since=" + since)
                        .ok()
                        .object("device_lists")
                        .array("changed");
        assertEquals(List.of(first.id()), changed.strings());
    }

    @Test
    void whereTheLimitWasLoweredTheOldestGo(@TempDir Path folder) {
        try (var before = TestHomeserver.start(folder, clock)) {
            before.register("alice");
            for (int i = 0; i < 4; i++) {
                login(before);
            }
        }
        try (var after = TestHomeserver.start(folder, clock, "devices.max_per_user=2")) {
            assertEquals(2, devices(login(after)).size());
        }
    }
}
