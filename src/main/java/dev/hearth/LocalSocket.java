package dev.hearth;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// A door for commands to the running server: a socket in the data folder, which is private as all
/// there is, so that whoever may read the database may also ask here. A command is a word on a
/// line, and so is the answer: `ok` and what was asked for, or `no:` and why not.
final class LocalSocket implements AutoCloseable {

    static final String NEW_TOKEN = "new-token";

    private static final Logger LOG = System.getLogger(LocalSocket.class.getName());
    private static final String FILE = "hearth.socket";
    private static final int MAX_LINE = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSocketChannel door;
    private final Path file;
    private final Supplier<String> newToken;

    private LocalSocket(ServerSocketChannel door, Path file, Supplier<String> newToken) {
        this.door = door;
        this.file = file;
        this.newToken = newToken;
    }

    /// Opens the door of the one server that works on this folder: what another one left there is
    /// taken away.
    ///
    /// @param newToken makes a registration token, and returns when it is on the disk
    static LocalSocket open(Path folder, Supplier<String> newToken) throws IOException {
        var file = folder.resolve(FILE);
        Files.deleteIfExists(file);
        var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            door.bind(UnixDomainSocketAddress.of(file));
            DataFolder.makePrivate(file, "rw-------");
        } catch (IOException e) {
            door.close();
            throw e;
        }
        var socket = new LocalSocket(door, file, newToken);
        Thread.ofVirtual().name("local socket").start(socket::serve);
        return socket;
    }

    /// One after the other: who stands in the door is of the house, and has a few seconds.
    private void serve() {
        while (door.isOpen()) {
            try (var caller = door.accept()) {
                write(caller, answer(readLine(caller)));
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.log(Level.DEBUG, () -> "A local command was not answered: " + e.getMessage());
            }
        }
    }

    private String answer(String command) {
        if (!command.equals(NEW_TOKEN)) {
            return "no: there is no command " + command;
        }
        try {
            return "ok " + newToken.get();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "No token could be made", e);
            return "no: it failed, and the server's log says why";
        }
    }

    /// Asks the server that runs on a folder.
    ///
    /// @throws IllegalStateException in words, if none does or it says no
    static String ask(Path folder, String command) {
        var file = folder.resolve(FILE);
        var nobody =
                "No server runs on the data folder "
                        + folder.toAbsolutePath().normalize()
                        + ". Start it first, or name the folder of the one that runs:"
                        + " --data-dir FOLDER";
        if (!Files.exists(file)) {
            throw new IllegalStateException(nobody);
        }
        try (var door = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            write(door, command);
            var answer = readLine(door);
            if (!answer.startsWith("ok ")) {
                throw new IllegalStateException("The server says " + answer);
            }
            return answer.substring("ok ".length());
        } catch (IOException e) {
            throw new IllegalStateException(nobody + " (" + e.getMessage() + ")", e);
        }
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /// What comes until the line ends, or as much as is bearable, within a few seconds.
    private static String readLine(SocketChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(MAX_LINE);
        channel.configureBlocking(false);
        try (var selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (!endsLine(buffer) && selector.select(PATIENCE.toMillis()) > 0) {
                selector.selectedKeys().clear();
                if (channel.read(buffer) < 0) {
                    break;
                }
            }
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
    }

    private static boolean endsLine(ByteBuffer buffer) {
        int read = buffer.position();
        return !buffer.hasRemaining() || read > 0 && buffer.get(read - 1) == '\n';
    }

    @Override
    public void close() {
        try {
            door.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "The local socket can't be taken away: " + e.getMessage());
        }
    }
}
