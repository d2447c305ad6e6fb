package dev.hearth;

import dev.hearth.configuration.Configuration;
import dev.hearth.configuration.ConfigurationException;
import dev.hearth.configuration.ConfigurationReader;
import dev.hearth.configuration.Listener;
import dev.hearth.configuration.LogOutput;
import dev.hearth.storage.H2Database;
import dev.hearth.storage.NewerSchemaException;
import dev.hearth.storage.StorageSettings;
import dev.hearth.storage.UnusableFolderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The program.
public final class Main {

    private static final Logger LOG = System.getLogger(Main.class.getName());

    /// Exit code: what the disk holds is unknown, and a new start will tell.
    private static final int DISK_FAILED = 70;

    private static final String USAGE =
            """
            java -jar hearth.jar --server-name NAME [settings]
                starts a homeserver
            java -jar hearth.jar new-token [--data-dir FOLDER]
                asks the server that runs on the data folder for a registration token, good for
                one more person
            java -jar hearth.jar --help, --version

            """;

    private Main() {}

    public static void main(String[] arguments) {
        var words = List.of(arguments);
        if (words.contains("--help")) {
            System.out.print(USAGE + ConfigurationReader.help());
        } else if (words.contains("--version")) {
            System.out.println("Hearth " + version());
        } else if (!run(words, System.getenv())) {
            System.exit(1);
        }
    }

    private static String version() {
        try (var stream = Main.class.getResourceAsStream("version.txt")) {
            return stream == null
                    ? "(unknown)"
                    : new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("version.txt", e);
        }
    }

    private static boolean run(List<String> words, Map<String, String> environment) {
        try {
            if (words.contains(LocalSocket.NEW_TOKEN)) {
                var rest = words.stream().filter(word -> !word.equals(LocalSocket.NEW_TOKEN));
                var folder = ConfigurationReader.dataDir(rest.toList(), environment);
                System.out.println(LocalSocket.ask(folder, LocalSocket.NEW_TOKEN));
            } else {
                serve(ConfigurationReader.read(words, environment));
            }
            return true;
        } catch (ConfigurationException e) {
            System.err.println("The settings can't be used:\n" + e.getMessage());
        } catch (UnusableFolderException
                | NewerSchemaException
                | IllegalStateException
                | UncheckedIOException e) {
            System.err.println(e.getMessage());
        } catch (IOException e) {
            System.err.println("The data folder can't be used: " + e.getMessage());
        }
        return false;
    }

    private static StorageSettings storage(Configuration configuration) {
        // No shutdown hook: it would wait for a disk that has failed.
        return StorageSettings.DEFAULT
                .withReserve(configuration.storage().reserve())
                .onFatal(() -> Runtime.getRuntime().halt(DISK_FAILED));
    }

    private static void serve(Configuration configuration) throws IOException {
        LogOutput.use(configuration.log());
        var folder = new DataFolder(configuration.dataDir());
        folder.open(configuration.serverName());
        var random = new SecureRandom();
        var server =
                Homeserver.start(
                        configuration,
                        new Homeserver.Parts(
                                H2Database.open(folder.path(), storage(configuration)),
                                folder.signingKey(random),
                                Clock.systemUTC(),
                                random));
        var commands = commands(folder, server);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(commands, server), "stop"));
        announce(configuration, server);
    }

    /// A path may be too long for a socket: that is no reason not to serve.
    private static Optional<LocalSocket> commands(DataFolder folder, Homeserver server) {
        try {
            return Optional.of(LocalSocket.open(folder.path(), server::newToken));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "new-token will not reach this server: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void stop(Optional<LocalSocket> commands, Homeserver server) {
        LOG.log(Level.INFO, "Stopping");
        commands.ifPresent(LocalSocket::close);
        server.close();
        LOG.log(Level.INFO, "Stopped");
    }

    private static String web(InetSocketAddress address, Listener listener) {
        var host = address.getAddress().getHostAddress();
        var scheme = listener.tls().isPresent() ? "https://" : "http://";
        return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static void announce(Configuration configuration, Homeserver server) {
        LOG.log(Level.INFO, "Started Hearth {0} as {1}", version(), configuration.serverName());
        var addresses = server.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            var listener = configuration.listeners().get(i);
            System.out.println("Listening on " + web(addresses.get(i), listener));
        }
        System.out.println(
                "This server is "
                        + configuration.serverName()
                        + ", and a server's name is for ever.");
        server.firstAdministratorToken()
                .ifPresent(token ->
                        System.out.println(
                                "Nobody has an account yet. Sign up in any client with"
                                        + " this registration token; the first person is"
                                        + " the administrator: "
                                        + token));
    }
}
