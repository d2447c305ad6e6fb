package dev.hearth.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationReaderTest {

    @TempDir private Path folder;

    private static Configuration read(String... arguments) {
        return ConfigurationReader.read(List.of(arguments), Map.of());
    }

    private static List<Problem> problems(String... arguments) {
        return assertThrows(ConfigurationException.class, () -> read(arguments)).problems();
    }

    @Test
    void aNameIsAllThatIsNeeded() {
        var configuration = read("--server-name", "example.org");
        assertEquals("example.org", configuration.serverName().value());
        assertEquals(List.of(Listener.onLoopback(8008)), configuration.listeners());
        assertEquals(Path.of("data"), configuration.dataDir());
        assertEquals(
                new Registration(false, false, Optional.empty(), List.of(), Optional.empty()),
                configuration.registration());
        assertTrue(configuration.httpClient().ipDeny().contains(AddressRange.parse("127.0.0.0/8")));
        assertEquals(List.of(), configuration.httpClient().extraCa());
        assertEquals(Map.of(), configuration.federation().resolve());
        assertTrue(configuration.rateLimits().enabled());
        assertEquals(HashCost.NORMAL, configuration.password().hashCost());
        assertEquals("12", configuration.rooms().defaultVersion());
        assertEquals(Duration.ofHours(24), configuration.delayedEvents().maxDelay());
        assertEquals(List.of(), configuration.rtc().transports());
        assertEquals(new Log(Level.INFO, Optional.empty()), configuration.log());
    }

    @ParameterizedTest
    @CsvSource({"24h,86400000", "30m,1800000", "2d,172800000", "10s,10000", "1500,1500", "0,0"})
    void aDelayIsANumberWithAUnitOrMilliseconds(String text, long millis) {
        var configuration = read("--server-name=a", "--set=delayed_events.max_delay=" + text);
        assertEquals(millis, configuration.delayedEvents().maxDelay().toMillis());
    }

    @ParameterizedTest
    @CsvSource({"soon", "366d", "-1", "1w", "[]"})
    void whatIsNoDelayIsRefused(String text) {
        var problems = problems("--server-name=a", "--set=delayed_events.max_delay=" + text);
        assertEquals("delayed_events.max_delay", problems.getFirst().key());
    }

    @Test
    void everythingCanBeSet() {
        var configuration =
                read(
                        "--set=server_name=localhost:8800",
                        "--set",
                        "listeners=[{\"bind\":\"127.0.0.5\",\"port\":9000},"
                                + "{\"bind\":\"::1\",\"trusted_proxies\":[\"10.0.0.0/8\"]}]",
                        "--set",
                        "data_dir=/tmp/x",
                        "--set",
                        "registration={\"enabled\":true,\"shared_secret\":\"s\"}",
                        "--set",
                        "http_client.ip_deny=[]",
                        "--set",
                        "federation.resolve=[\"HS1=127.0.0.2\",\"hs1=::1\",\"hs2=127.0.0.3\"]",
                        "--set",
                        "rate_limits.enabled=false",
                        "--set",
                        "password.hash_cost=minimum",
                        "--set",
                        "rooms.default_version=10",
                        "--set",
                        "log.level=debug",
                        "--set",
                        "log.file=/tmp/x.log");
        assertEquals(8800, configuration.serverName().port().orElseThrow());
        assertEquals("127.0.0.5", configuration.listeners().getFirst().bind().getHostAddress());
        assertEquals(9000, configuration.listeners().getFirst().port());
        assertEquals(8008, configuration.listeners().getLast().port());
        assertEquals(
                List.of(AddressRange.parse("10.0.0.0/8")),
                configuration.listeners().getLast().trustedProxies());
        assertEquals(
                new Registration(
                        true, false, Optional.of(new Secret("s")), List.of(), Optional.empty()),
                configuration.registration());
        assertEquals(List.of(), configuration.httpClient().ipDeny());
        assertEquals(Set.of("hs1", "hs2"), configuration.federation().resolve().keySet());
        assertEquals(2, configuration.federation().resolve().get("hs1").size());
        assertFalse(configuration.rateLimits().enabled());
        assertEquals(HashCost.MINIMUM, configuration.password().hashCost());
        assertEquals("10", configuration.rooms().defaultVersion());
        assertEquals(new Log(Level.DEBUG, Optional.of(Path.of("/tmp/x.log"))), configuration.log());
    }

    @Test
    void theStrongerSourceWins() throws IOException {
        var file = folder.resolve("hearth.json");
        Files.writeString(
                file,
                """
                {
                    // As people write it.
                    "server_name": "file",
                    "log": {"level": "debug", "file": "file.log"},
                    "rooms": {"default_version": "9"}, /* a comma too many */
                }
                """);
        var environment =
                Map.of(
                        "HEARTH_LOG__LEVEL", "warning",
                        "HEARTH_ROOMS__DEFAULT_VERSION", "10",
                        "HEARTH_JAVA_OPTIONS", "-Xmx256m",
                        "PATH", "/bin");
        var arguments = List.of("--set", "rooms.default_version=11", "--config", file.toString());
        var configuration = ConfigurationReader.read(arguments, environment);
        assertEquals("file", configuration.serverName().value());
        assertEquals(Optional.of(Path.of("file.log")), configuration.log().file());
        assertEquals(Level.WARNING, configuration.log().level());
        assertEquals("11", configuration.rooms().defaultVersion());
    }

    @Test
    void allProblemsAreListedAtOnceWithKeyValueAndWhatIsRight() {
        var found =
                problems(
                        "--set",
                        "log.level=loud",
                        "--set",
                        "loging.level=debug",
                        "--set",
                        "listeners=[{\"port\":70000,\"adress\":\"x\"},{\"bind\":\"example.org\"}]",
                        "--nonsense",
                        "--set",
                        "novalue",
                        "--config");
        assertEquals(
                List.of(
                        "--nonsense",
                        "novalue-argument",
                        "--config",
                        "loging.level",
                        "server_name",
                        "listeners[0].adress",
                        "listeners[0].port",
                        "listeners[1].bind",
                        "log.level"),
                found.stream()
                        .map(p -> p.key().equals("--set") ? p.found() + "-argument" : p.key())
                        .toList());
        assertEquals(
                "log.level: found \"loud\" (--set); expected trace, debug, info, warning, error or"
                        + " off",
                found.getLast().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    server_name=a b
                    server_name={}
                    listeners=[]
                    listeners=8008
                    listeners=[8008]
                    listeners=[{"port":1},{"port":1}]
                    listeners=[{"tls":true}]
                    tls.cert=/there/is/no/such.pem
                    listeners=[{"trusted_proxies":["proxy"]}]
                    listeners=[{"trusted_proxies":["10.0.0.0/33"]}]
                    http_client.ip_deny=10.0.0.0/8
                    http_client.ip_deny=["10.0.0.0/33"]
                    http_client.extra_ca=["/there/is/no/such.pem"]
                    http_client.extra_ca=ca.pem
                    federation.resolve=["hs1"]
                    federation.resolve=["hs1=hs2"]
                    federation.resolve={"hs1":"127.0.0.1"}
                    registration.enabled=yes
                    registration.shared_secret=
                    rate_limits.enabled=1
                    rate_limits.nonsense.burst=1
                    rate_limits.login.burst=0
                    rate_limits.login.burst=1.5
                    rate_limits.login.per_second=0
                    rate_limits.login.per_second=often
                    rate_limits.login=5
                    password.hash_cost=cheap
                    password.hash_cost=7
                    rooms.default_version=13
                    rooms.default_version=0
                    log=5
                    log.file=
                    """)
    void aWrongValueIsOneProblem(String setting) {
        boolean name = setting.startsWith("server_name");
        var found =
                name
                        ? problems("--set", setting)
                        : problems("--server-name", "x", "--set", setting);
        assertEquals(1, found.size(), found::toString);
    }

    @Test
    void aSecretIsNeverShown() {
        var found = problems("--server-name", "x", "--set", "registration.shared_secret_=hunter2");
        assertFalse(found.toString().contains("hunter2"), found::toString);
        var secret = read("--server-name", "x", "--set", "registration.shared_secret=hunter2");
        assertFalse(secret.toString().contains("hunter2"));
    }

    @Test
    void aFileThatIsNoneOrNoJsonIsAProblem() throws IOException {
        var file = folder.resolve("broken.json");
        Files.writeString(file, "{");
        for (var path : List.of(file.toString(), folder.resolve("none").toString())) {
            var found = problems("--server-name", "x", "--config", path);
            assertEquals("--config", found.getFirst().key());
        }
    }

    @Test
    void aNumberOnTheCommandLineMayBeMeantAsText() {
        var configuration =
                read("--server-name", "1234", "--set", "registration.shared_secret=1234");
        assertEquals("1234", configuration.serverName().value());
        assertEquals(Optional.of(new Secret("1234")), configuration.registration().sharedSecret());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.129, true",
        "192.0.2.128/25, 192.0.2.1, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, 10.0.0.1, false",
    })
    void rangesHoldTheirAddresses(String range, String address, boolean holds) {
        var literal = java.net.InetAddress.ofLiteral(address);
        assertEquals(holds, AddressRange.parse(range).contains(literal));
    }
}
