package dev.hearth.configuration;

import dev.hearth.identifier.ServerName;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonShapeException;
import dev.hearth.json.JsonSyntaxException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads the settings: defaults, over them the file of `--config`, the environment (`HEARTH_A__B`
/// is `a.b`), and `--set a.b=value`. A value in the environment or on the command line is JSON, or
/// a bare word, which is a text. A list is set whole.
public final class ConfigurationReader {

    private static final String ENVIRONMENT = "HEARTH_";

    /// What scripts give to the virtual machine.
    private static final String FOR_THE_LAUNCHER = "HEARTH_JAVA_";

    private static final List<String> ARGUMENTS =
            List.of("--config", "--server-name", "--data-dir", "--set");

    private static final List<String> OWN_KEYS =
            List.of(
                    "server_name",
                    "public_baseurl",
                    "data_dir",
                    "storage.reserve",
                    "password.hash_cost",
                    "rooms.default_version",
                    "rooms.redaction_retention",
                    "directory.public_without_auth",
                    "directory.publishing",
                    "presence.enabled",
                    "search.enabled",
                    "user_directory.all_users",
                    "push.legacy_mentions",
                    "push.thread_subscriptions",
                    "log.level",
                    "log.file");

    private static final List<String> KEYS =
            Stream.of(
                            OWN_KEYS,
                            NetworkReader.KEYS,
                            OfferReader.KEYS,
                            CallReader.KEYS,
                            LimitsReader.KEYS)
                    .flatMap(List::stream)
                    .toList();

    private static final long DEFAULT_RESERVE = 64L << 20;
    private static final int NEWEST_ROOM_VERSION = 12;

    private final Settings settings = new Settings();

    private ConfigurationReader() {}

    /// The settings of a server to start.
    ///
    /// @param arguments of the command line, those for settings only: `--config FILE`,
    ///   `--server-name NAME`, `--data-dir FOLDER`, `--set KEY=VALUE`
    /// @throws ConfigurationException with all problems at once
    public static Configuration read(List<String> arguments, Map<String, String> environment) {
        var reader = new ConfigurationReader();
        reader.readSources(arguments, environment);
        var configuration = reader.build();
        var problems = reader.settings.problems();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return configuration;
    }

    /// The data folder alone, for commands to a server that runs already: they don't need the other
    /// settings, and take no offense at them.
    ///
    /// @throws ConfigurationException if an argument or the folder makes no sense
    public static Path dataDir(List<String> arguments, Map<String, String> environment) {
        var reader = new ConfigurationReader();
        reader.readSources(arguments, environment);
        var folder = reader.dataDir();
        var problems = reader.settings.problems();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return folder;
    }

    /// The settings and their meaning, for `--help`.
    public static String help() {
        return """
        --config FILE        read settings from a file: JSON, comments allowed
        --server-name NAME   the server's name, for ever: example.org or example.org:8448
        --data-dir FOLDER    the same as --set data_dir=FOLDER
        --set KEY=VALUE      one setting; VALUE is JSON or a bare word

        Settings, weakest first: defaults, the file, the environment (HEARTH_LOG__LEVEL is
        log.level), --set.

        server_name                  (no default) the name in every user ID
        public_baseurl               (none) where clients find it: https://matrix.example.org
        """
                + NetworkReader.HELP
                + """
                data_dir                     "data": the database, blobs and the signing key
                storage.reserve              67108864: bytes of disk that stay free; else changes are refused
                password.hash_cost           "normal", "minimum" (for tests), or KiB of memory
                rooms.default_version        "12"
                rooms.redaction_retention    7: so many days what was redacted is still stored
                directory.public_without_auth  true: whether the room list is for those without an account
                directory.publishing         true: whether users may put rooms into the room list
                presence.enabled             true: whether users see who is online
                search.enabled               true: whether messages can be searched
                user_directory.all_users     false: whether everybody finds every user of the server
                push.legacy_mentions         false: whether a name in a text is a mention where nothing says
                push.thread_subscriptions    false: whether threads notify only their subscribers (MSC4306)
                log.level                    "info": trace, debug, info, warning, error or off
                log.file                     (none: standard error)
                """
                + OfferReader.HELP
                + CallReader.HELP
                + LimitsReader.HELP;
    }

    private void readSources(List<String> arguments, Map<String, String> environment) {
        var stronger = new Settings();
        readArguments(arguments.iterator(), stronger);
        new TreeMap<>(environment).forEach(this::readVariable);
        settings.setAll(stronger);
        settings.allowOnly(KEYS);
    }

    private void readArguments(Iterator<String> arguments, Settings stronger) {
        while (arguments.hasNext()) {
            var argument = arguments.next();
            int equals = argument.indexOf('=');
            boolean inOne = argument.startsWith("--") && equals > 0;
            var name = inOne ? argument.substring(0, equals) : argument;
            if (!ARGUMENTS.contains(name)) {
                stronger.problem(argument, "an argument", "there is no such argument: see --help");
            } else if (!inOne && !arguments.hasNext()) {
                stronger.problem(argument, "nothing after it", "expected a value");
            } else {
                var value = inOne ? argument.substring(equals + 1) : arguments.next();
                readArgument(name, value, stronger);
            }
        }
    }

    private void readArgument(String name, String value, Settings stronger) {
        switch (name) {
            case "--config" -> readFile(value);
            case "--server-name" -> stronger.setText("server_name", value, name);
            case "--data-dir" -> stronger.setText("data_dir", value, name);
            case String _ -> {
                int equals = value.indexOf('=');
                if (equals <= 0) {
                    stronger.problem(name, value, "expected KEY=VALUE");
                } else {
                    stronger.setText(
                            value.substring(0, equals), value.substring(equals + 1), "--set");
                }
            }
        }
    }

    private void readFile(String file) {
        try {
            settings.set("", JsonReader.readCommented(Files.readString(Path.of(file))), file);
        } catch (IOException | InvalidPathException _) {
            settings.problem("--config", file, "expected a file that can be read as UTF-8 text");
        } catch (JsonSyntaxException | JsonShapeException e) {
            settings.problem("--config", file, "expected a JSON object: " + e.getMessage());
        }
    }

    private void readVariable(String name, String value) {
        if (name.startsWith(ENVIRONMENT) && !name.startsWith(FOR_THE_LAUNCHER)) {
            var key = name.substring(ENVIRONMENT.length()).toLowerCase(Locale.ROOT);
            settings.setText(key.replace("__", "."), value, name);
        }
    }

    private Configuration build() {
        var offers = new OfferReader(settings);
        var network = new NetworkReader(settings);
        var calls = new CallReader(settings);
        return new Configuration(
                serverName(),
                publicBaseurl(),
                network.listeners(),
                dataDir(),
                new Configuration.Storage(reserve()),
                offers.registration(),
                offers.wellKnown(),
                calls.turn(),
                offers.serverNotices(),
                offers.devices(),
                network.httpClient(),
                network.federation(),
                new LimitsReader(settings).read(),
                new Configuration.Password(hashCost()),
                new Configuration.Rooms(defaultRoomVersion(), redactionRetention()),
                new Configuration.Directory(
                        settings.flag("directory.public_without_auth", true),
                        settings.flag("directory.publishing", true)),
                calls.delayedEvents(),
                calls.rtc(),
                new Configuration.Presence(settings.flag("presence.enabled", true)),
                new Configuration.Search(settings.flag("search.enabled", true)),
                new Configuration.UserDirectory(settings.flag("user_directory.all_users", false)),
                new Configuration.Push(
                        settings.flag("push.legacy_mentions", false),
                        settings.flag("push.thread_subscriptions", false)),
                log());
    }

    private ServerName serverName() {
        var right = "expected a host name or address, perhaps with a port: example.org";
        settings.require("server_name", right + ". It is for ever");
        return settings.text(
                "server_name", new ServerName("missing.invalid"), right, ServerName::parse);
    }

    private Optional<URI> publicBaseurl() {
        return settings.find(
                "public_baseurl",
                "expected the address that clients use: https://matrix.example.org",
                ConfigurationReader::withoutQuery);
    }

    private static URI withoutQuery(String text) {
        var address = Acceptable.webAddress(text);
        if (address.getRawQuery() != null) {
            throw new IllegalArgumentException();
        }
        return address;
    }

    private Path dataDir() {
        return settings.text(
                "data_dir",
                Path.of("data"),
                "expected a folder",
                text -> Path.of(Acceptable.notEmpty(text)));
    }

    private long reserve() {
        return settings.number(
                "storage.reserve",
                DEFAULT_RESERVE,
                "expected a number of bytes",
                number -> Acceptable.within(0, number, Long.MAX_VALUE));
    }

    private HashCost hashCost() {
        return settings.textOrNumber(
                "password.hash_cost",
                HashCost.NORMAL,
                "expected normal, minimum, or the KiB of memory, from 8 to 1048576",
                ConfigurationReader::namedHashCost,
                kib -> new HashCost(Math.toIntExact(Acceptable.within(8, kib, 1 << 20)), 2));
    }

    private static HashCost namedHashCost(String name) {
        return switch (name) {
            case "normal" -> HashCost.NORMAL;
            case "minimum" -> HashCost.MINIMUM;
            case String _ -> throw new IllegalArgumentException();
        };
    }

    private String defaultRoomVersion() {
        return settings.number(
                "rooms.default_version",
                Integer.toString(NEWEST_ROOM_VERSION),
                "expected a room version from \"1\" to \"12\"",
                number -> Long.toString(Acceptable.within(1, number, NEWEST_ROOM_VERSION)));
    }

    private Duration redactionRetention() {
        return settings.number(
                "rooms.redaction_retention",
                Duration.ofDays(7),
                "expected a number of days from 0 to 3650",
                number -> Duration.ofDays(Acceptable.within(0, number, 3_650)));
    }

    private Log log() {
        Optional<Path> file =
                settings.find(
                        "log.file", "expected a file", text -> Path.of(Acceptable.notEmpty(text)));
        var level =
                settings.text(
                        "log.level",
                        Level.INFO,
                        "expected trace, debug, info, warning, error or off",
                        text -> Level.valueOf(text.toUpperCase(Locale.ROOT)));
        return new Log(level, file);
    }
}
