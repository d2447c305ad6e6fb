package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands to the running server.
class LocalSocketTest {

    @TempDir private Path folder;

    private String refusal(String command) {
        return assertThrows(IllegalStateException.class, () -> LocalSocket.ask(folder, command))
                .getMessage();
    }

    @Test
    void theRunningServerMakesToken() throws IOException {
        try (var _ = LocalSocket.open(folder, () -> "abc")) {
            assertEquals("abc", LocalSocket.ask(folder, "new-token"));
            assertEquals("abc", LocalSocket.ask(folder, "new-token"));
        }
    }

    @Test
    void whatItDoesNotKnowIsSaid() throws IOException {
        try (var _ = LocalSocket.open(folder, () -> "abc")) {
            assertTrue(refusal("sing").contains("there is no command sing"));
            assertTrue(refusal("x".repeat(2_000)).contains("there is no command"));
            assertEquals("abc", LocalSocket.ask(folder, "new-token"));
        }
    }

    @Test
    void aFailureWithinDoesNotCloseTheDoor() throws IOException {
        try (var _ =
                LocalSocket.open(
                        folder,
                        () -> {
                            throw new IllegalStateException("the disk is full");
                        })) {
            assertTrue(refusal("new-token").contains("the server's log"));
            assertTrue(refusal("sing").contains("sing"));
        }
    }

    @Test
    void nobodyElseMayAsk() throws IOException {
        try (var _ = LocalSocket.open(folder, () -> "abc")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("hearth.socket"))));
        }
    }

    @Test
    void withoutServerItSaysHowToGetOne() throws IOException {
        assertTrue(refusal("new-token").contains("No server runs on the data folder " + folder));
        LocalSocket.open(folder, () -> "abc").close();
        assertFalse(Files.exists(folder.resolve("hearth.socket")));
        assertTrue(refusal("new-token").contains("Start it first"));
    }

    @Test
    void aServerThatWasKilledLeavesNothingInTheWay() throws IOException {
        try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(folder.resolve("hearth.socket")));
        }
        assertTrue(refusal("new-token").contains("No server runs"));
        try (var _ = LocalSocket.open(folder, () -> "abc")) {
            assertEquals("abc", LocalSocket.ask(folder, "new-token"));
        }
    }
}
