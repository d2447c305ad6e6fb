package dev.hearth.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearth.identifier.UserId;
import dev.hearth.testing.TestConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The settings of what users are offered.
class OfferReaderTest {

    private static List<String> problems(String... settings) {
        return assertThrows(ConfigurationException.class, () -> TestConfiguration.of(settings))
                .problems()
                .stream()
                .map(Problem::key)
                .toList();
    }

    @Test
    void nothingIsOfferedUnasked() {
        var configuration = TestConfiguration.of();
        assertEquals(List.of(), configuration.turn().uris());
        assertEquals(
                new WellKnown(Optional.empty(), Optional.empty(), List.of()),
                configuration.wellKnown());
        assertEquals(new ServerNotices("_server", "Server notices"), configuration.serverNotices());
    }

    @Test
    void whatIsSetIsRead() {
        var configuration =
                TestConfiguration.of(
                        "guest_access=true",
                        "devices.max_per_user=1",
                        "turn={\"uris\":[\"turn:a\"],\"username\":\"u\",\"password\":\"p\"}",
                        "turn.ttl=60",
                        "server_notices={\"localpart\":\"house\",\"room_name\":\"House\"}",
                        "well_known.support_contacts=[{\"role\":\"m.role.admin\","
                                + "\"matrix_id\":\"@a:b\"}]",
                        "registration.terms=[{\"id\":\"i\",\"version\":\"1\",\"name\":\"n\","
                                + "\"url\":\"https://a.test\"}]",
                        "registration.recaptcha={\"site_key\":\"k\",\"secret\":\"s\","
                                + "\"siteverify\":\"http://127.0.0.1:1/\"}");
        assertEquals(
                new Turn(
                        List.of("turn:a"),
                        new Turn.Fixed("u", new Secret("p")),
                        Duration.ofMinutes(1)),
                configuration.turn());
        assertEquals(new Configuration.Devices(true, 1), configuration.devices());
        assertEquals(new ServerNotices("house", "House"), configuration.serverNotices());
        assertEquals(
                List.of(
                        new WellKnown.Contact(
                                "m.role.admin",
                                Optional.of(UserId.parse("@a:b")),
                                Optional.empty())),
                configuration.wellKnown().contacts());
        var registration = configuration.registration();
        assertEquals(
                List.of(new Registration.Policy("i", "1", "en", "n", URI.create("https://a.test"))),
                registration.terms());
        var recaptcha = registration.recaptcha().orElseThrow();
        assertEquals("k", recaptcha.siteKey());
        assertEquals(URI.create("http://127.0.0.1:1/"), recaptcha.siteverify());
        assertEquals("www.google.com", recaptcha.script().getHost());
    }

    @Test
    void theStrongerAccessToTheRelayIsTheSharedSecret() {
        var turn =
                TestConfiguration.of("turn.uris=[\"turn:a\"]", "turn.secret=s", "turn.username=u")
                        .turn();
        assertEquals(new Turn.Shared(new Secret("s")), turn.access());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "turn.uris=[\"http://a\"]                                | turn.uris",
                "turn.uris=[\"turn:a\"]                                  | turn.secret",
                "turn.ttl=5                                              | turn.ttl",
                "registration.recaptcha.site_key=k                       |"
                        + " registration.recaptcha.secret",
                "registration.recaptcha.secret=s                         |"
                        + " registration.recaptcha.site_key",
                "registration.recaptcha.script=ftp://a                   |"
                        + " registration.recaptcha.script",
                "server_notices.localpart=A B                            |"
                        + " server_notices.localpart",
                "well_known.server=a b                                   | well_known.server",
                "well_known.support_page=nowhere                         | well_known.support_page",
                "well_known.support_contacts=[{\"role\":\"r\"}]          |"
                        + " well_known.support_contacts[0].matrix_id",
                "registration.terms=[{\"id\":\"i\",\"version\":\"1\",\"name\":\"n\"}] |"
                        + " registration.terms[0].url"
            })
    void whatMakesNoSenseIsSaid(String setting, String problem) {
        assertEquals(List.of(problem), problems(setting));
    }
}
