package dev.hearth.configuration;

import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the settings of what users are offered, and asked for: registration, help, calls, notices.
final class OfferReader {

    static final List<String> KEYS =
            List.of(
                    "devices.named",
                    "guest_access",
                    "registration.enabled",
                    "registration.shared_secret",
                    "registration.terms",
                    "registration.recaptcha.site_key",
                    "registration.recaptcha.secret",
                    "registration.recaptcha.siteverify",
                    "registration.recaptcha.script",
                    "server_notices.localpart",
                    "server_notices.room_name",
                    "turn.uris",
                    "turn.secret",
                    "turn.username",
                    "turn.password",
                    "turn.ttl",
                    "well_known.server",
                    "well_known.support_page",
                    "well_known.support_contacts");

    static final String HELP =
            """
            registration.enabled         false: whether anybody may register without a token
            registration.shared_secret   (none) with which scripts register users
            registration.terms           []: what is to be agreed to: [{"id":"privacy","version":"1",
                                         "language":"en","name":"Privacy","url":"https://..."}]
            registration.recaptcha.site_key, .secret   (none) of a riddle for who has no token
            registration.recaptcha.siteverify, .script (Google's) where it is posed and judged
            devices.named                true: whether others are told how a user's devices are called
            guest_access                 false: whether guests may look into rooms that let them
            server_notices.localpart     "_server": in whose name users are told something
            server_notices.room_name     "Server notices"
            turn.uris                    []: the relay for calls: ["turn:turn.example.org?transport=udp"]
            turn.secret                  (none) which it shares with this server; or
            turn.username, .password     (none) for all users
            turn.ttl                     86400: seconds for which its users are let in
            well_known.server            (none) where other servers find this one: example.org:8448
            well_known.support_page      (none) where users find help
            well_known.support_contacts  []: [{"role":"m.role.admin","matrix_id":"@a:example.org",
                                         "email_address":"a@example.org"}]
            """;

    private static final String TEXT = "expected a text that is not empty";
    private static final String WEB = "expected a web address: https://example.org/page";
    private static final Pattern LOCALPART = Pattern.compile("[a-z0-9._=/+-]{1,100}");
    private static final URI SITEVERIFY =
            URI.create("https://www.google.com/recaptcha/api/siteverify");
    private static final URI SCRIPT = URI.create("https://www.google.com/recaptcha/api.js");

    private final Settings settings;

    OfferReader(Settings settings) {
        this.settings = settings;
    }

    Registration registration() {
        return new Registration(
                settings.flag("registration.enabled", false),
                settings.flag("guest_access", false),
                secret("registration.shared_secret"),
                settings.objects(
                        "registration.terms",
                        List.of(),
                        "expected a list of objects, each with id, version, name and url",
                        OfferReader::policy),
                recaptcha());
    }

    private Optional<Secret> secret(String key) {
        return optional(settings, key, TEXT, text -> new Secret(notEmpty(text)));
    }

    private static <T> Optional<T> optional(
            Settings settings, String key, String right, Function<String, T> parse) {
        return settings.text(key, Optional.empty(), right, text -> Optional.of(parse.apply(text)));
    }

    private static String required(Settings element, String key) {
        if (!element.has(key)) {
            element.problem(key, "nothing", TEXT);
        }
        return element.text(key, "", TEXT, OfferReader::notEmpty);
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static URI web(String text) {
        var address = URI.create(text);
        if (!List.of("http", "https").contains(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException();
        }
        return address;
    }

    private static Registration.Policy policy(Settings element) {
        element.allowOnly(List.of("id", "version", "language", "name", "url"));
        if (!element.has("url")) {
            element.problem("url", "nothing", WEB);
        }
        return new Registration.Policy(
                required(element, "id"),
                required(element, "version"),
                element.text("language", "en", TEXT, OfferReader::notEmpty),
                required(element, "name"),
                element.text("url", SCRIPT, WEB, OfferReader::web));
    }

    private Optional<Registration.Recaptcha> recaptcha() {
        var key = "registration.recaptcha.";
        var siteKey = optional(settings, key + "site_key", TEXT, OfferReader::notEmpty);
        var secret = secret(key + "secret");
        if (siteKey.isPresent() != secret.isPresent()) {
            var missing = siteKey.isPresent() ? "secret" : "site_key";
            settings.problem(key + missing, "nothing", "expected both a site_key and a secret");
        }
        var siteverify = settings.text(key + "siteverify", SITEVERIFY, WEB, OfferReader::web);
        var script = settings.text(key + "script", SCRIPT, WEB, OfferReader::web);
        return siteKey.flatMap(site ->
                secret.map(hidden -> new Registration.Recaptcha(site, hidden, siteverify, script)));
    }

    ServerNotices serverNotices() {
        return new ServerNotices(
                settings.text(
                        "server_notices.localpart",
                        "_server",
                        "expected the local part of a user ID: a-z, 0-9 and . _ = - / +",
                        OfferReader::localpart),
                settings.text(
                        "server_notices.room_name", "Server notices", TEXT, OfferReader::notEmpty));
    }

    private static String localpart(String text) {
        if (!LOCALPART.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    Turn turn() {
        var uris =
                settings.texts(
                        "turn.uris",
                        List.of(),
                        "expected a list of addresses: [\"turn:turn.example.org?transport=udp\"]",
                        OfferReader::turnUri);
        var ttl =
                settings.textOrNumber(
                        "turn.ttl",
                        86_400L,
                        "expected a number of seconds, from 60 to 604800",
                        text -> seconds(Long.parseLong(text)),
                        OfferReader::seconds);
        return new Turn(uris, access(!uris.isEmpty()), Duration.ofSeconds(ttl));
    }

    private static String turnUri(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("turn:") && !lower.startsWith("turns:")) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static long seconds(long number) {
        if (number < 60 || number > 604_800) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private Turn.Access access(boolean needed) {
        var shared = secret("turn.secret");
        var username = optional(settings, "turn.username", TEXT, OfferReader::notEmpty);
        var password = secret("turn.password");
        if (shared.isPresent()) {
            return new Turn.Shared(shared.get());
        }
        if (needed && (username.isEmpty() || password.isEmpty())) {
            settings.problem(
                    "turn.secret", "nothing", "expected it, or turn.username and turn.password");
        }
        return new Turn.Fixed(username.orElse(""), password.orElse(new Secret("")));
    }

    WellKnown wellKnown() {
        return new WellKnown(
                optional(
                        settings,
                        "well_known.server",
                        "expected a host name, perhaps with a port: matrix.example.org:443",
                        text -> ServerName.parse(text).toString()),
                optional(settings, "well_known.support_page", WEB, OfferReader::web),
                settings.objects(
                        "well_known.support_contacts",
                        List.of(),
                        "expected a list of objects, each with a role, and a matrix_id or an"
                                + " email_address",
                        OfferReader::contact));
    }

    private static WellKnown.Contact contact(Settings element) {
        element.allowOnly(List.of("role", "matrix_id", "email_address"));
        if (!element.has("matrix_id") && !element.has("email_address")) {
            element.problem("matrix_id", "nothing", "expected it, or an email_address");
        }
        return new WellKnown.Contact(
                required(element, "role"),
                optional(element, "matrix_id", "expected a user ID", UserId::parse),
                optional(element, "email_address", "expected an address", OfferReader::address));
    }

    private static String address(String text) {
        if (text.indexOf('@') <= 0) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
