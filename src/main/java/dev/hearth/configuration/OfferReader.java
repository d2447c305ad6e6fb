package dev.hearth.configuration;

import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the settings of what users are offered, and asked for: registration, devices, help,
/// notices.
final class OfferReader {

    static final List<String> KEYS =
            List.of(
                    "devices.named",
                    "devices.max_per_user",
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
            devices.max_per_user         200: the next login signs out the device longest unseen
            guest_access                 false: whether guests may look into rooms that let them
            server_notices.localpart     "_server": in whose name users are told something
            server_notices.room_name     "Server notices"
            well_known.server            (none) where other servers find this one: example.org:8448
            well_known.support_page      (none) where users find help
            well_known.support_contacts  []: [{"role":"m.role.admin","matrix_id":"@a:example.org",
                                         "email_address":"a@example.org"}]
            """;

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
                settings.secret("registration.shared_secret"),
                settings.objects(
                        "registration.terms",
                        List.of(),
                        "expected a list of objects, each with id, version, name and url",
                        OfferReader::policy),
                recaptcha());
    }

    private static String required(Settings element, String key) {
        element.require(key, Settings.TEXT);
        return element.text(key, "", Settings.TEXT, Acceptable::notEmpty);
    }

    private static Registration.Policy policy(Settings element) {
        element.allowOnly(List.of("id", "version", "language", "name", "url"));
        element.require("url", WEB);
        return new Registration.Policy(
                required(element, "id"),
                required(element, "version"),
                element.text("language", "en", Settings.TEXT, Acceptable::notEmpty),
                required(element, "name"),
                element.text("url", SCRIPT, WEB, Acceptable::webAddress));
    }

    private Optional<Registration.Recaptcha> recaptcha() {
        var key = "registration.recaptcha.";
        var siteKey = settings.find(key + "site_key", Settings.TEXT, Acceptable::notEmpty);
        var secret = settings.secret(key + "secret");
        if (siteKey.isPresent() != secret.isPresent()) {
            var missing = siteKey.isPresent() ? "secret" : "site_key";
            settings.problem(key + missing, "nothing", "expected both a site_key and a secret");
        }
        var siteverify = settings.text(key + "siteverify", SITEVERIFY, WEB, Acceptable::webAddress);
        var script = settings.text(key + "script", SCRIPT, WEB, Acceptable::webAddress);
        return siteKey.flatMap(site ->
                secret.map(hidden -> new Registration.Recaptcha(site, hidden, siteverify, script)));
    }

    Configuration.Devices devices() {
        int most =
                settings.number(
                        "devices.max_per_user",
                        200,
                        "expected a number from 1 to 10000",
                        number -> Math.toIntExact(Acceptable.within(1, number, 10_000)));
        return new Configuration.Devices(settings.flag("devices.named", true), most);
    }

    ServerNotices serverNotices() {
        return new ServerNotices(
                settings.text(
                        "server_notices.localpart",
                        "_server",
                        "expected the local part of a user ID: a-z, 0-9 and . _ = - / +",
                        OfferReader::localpart),
                settings.text(
                        "server_notices.room_name",
                        "Server notices",
                        Settings.TEXT,
                        Acceptable::notEmpty));
    }

    private static String localpart(String text) {
        if (!LOCALPART.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    WellKnown wellKnown() {
        return new WellKnown(
                settings.find(
                        "well_known.server",
                        "expected a host name, perhaps with a port: matrix.example.org:443",
                        text -> ServerName.parse(text).toString()),
                settings.find("well_known.support_page", WEB, Acceptable::webAddress),
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
                element.find("matrix_id", "expected a user ID", UserId::parse),
                element.find("email_address", "expected an address", OfferReader::address));
    }

    private static String address(String text) {
        if (text.indexOf('@') <= 0) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
