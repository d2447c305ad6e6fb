package dev.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.storage.disk.SimulatedDisk;
import dev.hearth.testing.TestHomeserver;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullDiskTest {

    private static final JsonObject REGISTRATION =
            JsonObject.of(
                    "username", "bob",
                    "password", "secret of bob",
                    "auth", JsonObject.of("type", "m.login.dummy"));

    @Test
    void aFullDiskIsToldInWordsAndHealsByItself() {
        var disk = new SimulatedDisk(0);
        var database =
                H2Database.open(
                        Path.of("/simulated"), StorageSettings.DEFAULT, Foundation.on(disk));
        try (var server = TestHomeserver.start(database)) {
            server.register("alice");
            disk.free(1);
            // The journal looks before each group: what comes next finds the disk full.
            server.register("carol");
            var client = server.client();
            var reply = client.post("/_matrix/client/v3/register", REGISTRATION);
            reply.refused(503, "M_UNKNOWN");
            assertTrue(reply.text().contains("disk is full"), reply.text());
            assertEquals(List.of("30"), reply.headers().get("retry-after"));
            client.get("/_matrix/client/versions").ok();
            disk.free(Long.MAX_VALUE);
            client.post("/_matrix/client/v3/register", REGISTRATION).ok();
        }
    }
}
