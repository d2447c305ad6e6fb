package dev.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.storage.disk.SimulatedDisk;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FullDiskTest {

    private static final JsonObject REGISTRATION =
            JsonObject.of(
                    "username", "bob",
                    "password", "secret of bob",
                    "auth", JsonObject.of("type", "m.login.dummy"));

    private final SimulatedDisk disk = new SimulatedDisk(0);

    private TestHomeserver start(String... settings) {
        var foundation = Foundation.on(disk);
        var database = H2Database.open(Path.of("/simulated"), StorageSettings.DEFAULT, foundation);
        return TestHomeserver.start(database, Clock.systemUTC(), settings);
    }

    private Reply registerOnAFullDisk(TestHomeserver server) {
        server.register("alice");
        disk.free(1);
        // The journal looks before each group: what comes next finds the disk full.
        server.register("carol");
        return server.client().post("/_matrix/client/v3/register", REGISTRATION);
    }

    @Test
    @DisplayName("API-7: who looks after the server is told to who finds it full")
    void aFullDiskIsToldWithAContact() {
        var contact =
                "[{\"role\":\"m.role.security\",\"email_address\":\"s@hearth.test\"},"
                        + "{\"role\":\"m.role.admin\",\"matrix_id\":\"@alice:hearth.test\"}]";
        try (var server = start("well_known.support_contacts=" + contact)) {
            var told = registerOnAFullDisk(server);
            told.refused(503, "M_RESOURCE_LIMIT_EXCEEDED");
            assertEquals(
                    "https://matrix.to/#/@alice:hearth.test", told.json().string("admin_contact"));
        }
    }

    @Test
    @DisplayName("API-7: where nobody is named, the page with help is told")
    void aFullDiskIsToldWithAPage() {
        var page = "https://hearth.test/help";
        try (var server = start("well_known.support_page=" + page)) {
            assertEquals(page, registerOnAFullDisk(server).json().string("admin_contact"));
        }
    }

    @Test
    void aFullDiskIsToldInWordsAndHealsByItself() {
        try (var server = start()) {
            var client = server.client();
            var reply = registerOnAFullDisk(server);
            reply.refused(503, "M_UNKNOWN");
            assertTrue(reply.text().contains("disk is full"), reply.text());
            assertEquals(List.of("30"), reply.headers().get("retry-after"));
            client.get("/_matrix/client/versions").ok();
            disk.free(Long.MAX_VALUE);
            client.post("/_matrix/client/v3/register", REGISTRATION).ok();
        }
    }
}
