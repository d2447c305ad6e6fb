package dev.hearth;

import dev.hearth.configuration.Configuration;
import dev.hearth.configuration.ConfigurationException;
import dev.hearth.configuration.ConfigurationReader;
import dev.hearth.configuration.LogOutput;
import dev.hearth.storage.H2Database;
import dev.hearth.storage.NewerSchemaException;
import dev.hearth.storage.StorageSettings;
import dev.hearth.storage.UnusableFolderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/// The program.
public final class Main {

    /// Exit code: what the disk holds is unknown, and a new start will tell.
    private static final int DISK_FAILED = 70;

    private Main() {}

    public static void main(String[] arguments) {
        var words = List.of(arguments);
        if (words.contains("--help")) {
            System.out.println(ConfigurationReader.help());
        } else if (words.contains("--version")) {
            System.out.println("Hearth " + version());
        } else {
            serve(words);
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

    private static void serve(List<String> arguments) {
        try {
            start(arguments);
        } catch (ConfigurationException
                | UnusableFolderException
                | NewerSchemaException
                | IllegalStateException
                | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("The data folder can't be used: " + e.getMessage());
            System.exit(1);
        }
    }

    private static StorageSettings storage(Configuration configuration) {
        // No shutdown hook: it would wait for a disk that has failed.
        return StorageSettings.DEFAULT
                .withReserve(configuration.storage().reserve())
                .onFatal(() -> Runtime.getRuntime().halt(DISK_FAILED));
    }

    private static void start(List<String> arguments) throws IOException {
        var configuration = ConfigurationReader.read(arguments, System.getenv());
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
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        for (var address : server.addresses()) {
            System.out.println(
                    "Listening on http://"
                            + address.getAddress().getHostAddress()
                            + ":"
                            + address.getPort());
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
