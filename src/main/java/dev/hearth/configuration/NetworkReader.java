package dev.hearth.configuration;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the settings of where the server listens, and how it reaches others.
final class NetworkReader {

    static final List<String> KEYS =
            List.of(
                    "listeners",
                    "tls.cert",
                    "tls.key",
                    "http_client.ip_deny",
                    "http_client.extra_ca",
                    "federation.resolve");

    static final String HELP =
            """
            listeners                    [{"bind":"127.0.0.1","port":8008,"tls":false,
                                           "trusted_proxies":[]}]
            tls.cert, tls.key            (none) PEM files for listeners with "tls":true: the certificate
                                         and those between it and the authority; its key
            http_client.ip_deny          (private and special ones) ranges of addresses that no request of
                                         ours goes to; [] for none
            http_client.extra_ca         []: PEM files of authorities whom our requests trust, too
            federation.resolve           []: ["NAME=ADDRESS"]: addresses of names that aren't looked up
            """;

    private static final List<String> LISTENER_KEYS =
            List.of("bind", "port", "tls", "trusted_proxies");
    private static final String NO_CERTIFICATE =
            "expected a PEM file with the certificate, and those between it and the authority: ";
    private static final String NO_KEY = "expected a PEM file with the key of tls.cert: ";
    private static final int DEFAULT_PORT = 8008;

    /// Addresses that are this machine, its neighbors, or nobody: whoever can make us send a
    /// request (by a pusher, a preview, the name of a server) must not reach those with it.
    private static final List<AddressRange> NOBODY_ELSES =
            List.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "224.0.0.0/4",
                            "240.0.0.0/4",
                            "::/96",
                            "64:ff9b:1::/48",
                            "100::/64",
                            "2001::/32",
                            "2001:db8::/32",
                            "fc00::/7",
                            "fe80::/10",
                            "fec0::/10",
                            "ff00::/8")
                    .stream()
                    .map(AddressRange::parse)
                    .toList();

    private final Settings settings;

    NetworkReader(Settings settings) {
        this.settings = settings;
    }

    List<Listener> listeners() {
        var right = "expected a list of objects like {\"bind\":\"127.0.0.1\",\"port\":8008}";
        var identity = identity();
        int problemsBefore = settings.problems().size();
        var listeners =
                settings.objects(
                        "listeners",
                        List.of(Listener.onLoopback(DEFAULT_PORT)),
                        right,
                        element -> listener(element, identity));
        if (listeners.isEmpty()) {
            settings.problem("listeners", "an empty list", right);
        }
        if (settings.problems().size() == problemsBefore) {
            refuseTwice(listeners);
        }
        return listeners;
    }

    private void refuseTwice(List<Listener> listeners) {
        var places = new HashSet<String>();
        for (var listener : listeners) {
            var place = listener.bind().getHostAddress() + " port " + listener.port();
            if (listener.port() != 0 && !places.add(place)) {
                settings.problem("listeners", place + " twice", "expected each place once");
            }
        }
    }

    private Listener listener(Settings element, Optional<Tls> identity) {
        element.allowOnly(LISTENER_KEYS);
        boolean secure = element.flag("tls", false);
        if (secure && !settings.has("tls.cert") && !settings.has("tls.key")) {
            element.problem("tls", "true", "expected tls.cert and tls.key to be set, too");
        }
        return new Listener(
                element.text(
                        "bind",
                        InetAddress.ofLiteral("127.0.0.1"),
                        "expected an IP address, 0.0.0.0 or :: for all of them",
                        NetworkReader::address),
                element.number(
                        "port",
                        DEFAULT_PORT,
                        "expected a number from 0 to 65535",
                        number -> Math.toIntExact(Acceptable.within(0, number, 65_535))),
                element.texts(
                        "trusted_proxies",
                        List.of(),
                        "expected a list of addresses or ranges: [\"10.0.0.0/8\"]",
                        AddressRange::parse),
                secure ? identity : Optional.empty());
    }

    /// The certificate and its key, if they are set and can be used.
    private Optional<Tls> identity() {
        if (!settings.has("tls.cert") && !settings.has("tls.key")) {
            return Optional.empty();
        }
        var certificate = file("tls.cert", "expected the PEM file with the certificate");
        var key = file("tls.key", "expected the PEM file with the key of tls.cert");
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        try {
            PemFile.read(certificate.get()).certificates();
        } catch (IOException | GeneralSecurityException e) {
            settings.problem("tls.cert", certificate.get().toString(), NO_CERTIFICATE + reason(e));
            return Optional.empty();
        }
        try {
            return Optional.of(Tls.read(certificate.get(), key.get()));
        } catch (IOException | GeneralSecurityException e) {
            settings.problem("tls.key", key.get().toString(), NO_KEY + reason(e));
            return Optional.empty();
        }
    }

    private Optional<Path> file(String key, String right) {
        settings.require(key, right);
        return settings.find(key, right, Path::of);
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static InetAddress address(String text) {
        return text.equals("localhost")
                ? InetAddress.ofLiteral("127.0.0.1")
                : InetAddress.ofLiteral(text);
    }

    Configuration.HttpClient httpClient() {
        return new Configuration.HttpClient(
                settings.texts(
                        "http_client.ip_deny",
                        NOBODY_ELSES,
                        "expected a list of addresses or ranges: [\"10.0.0.0/8\"]",
                        AddressRange::parse),
                authorities());
    }

    private List<X509Certificate> authorities() {
        var key = "http_client.extra_ca";
        var files =
                settings.texts(key, List.of(), "expected a list of files: [\"ca.pem\"]", Path::of);
        var certificates = new ArrayList<X509Certificate>();
        for (var file : files) {
            try {
                certificates.addAll(PemFile.read(file).certificates());
            } catch (IOException | GeneralSecurityException e) {
                settings.problem(
                        key,
                        file.toString(),
                        "expected a PEM file with certificates: " + reason(e));
            }
        }
        return certificates;
    }

    Configuration.Federation federation() {
        var entries =
                settings.texts(
                        "federation.resolve",
                        List.of(),
                        "expected a list of names and their addresses: [\"example.org=192.0.2.1\"]",
                        NetworkReader::place);
        var resolve = new HashMap<String, List<InetAddress>>();
        for (var entry : entries) {
            resolve.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue());
        }
        return new Configuration.Federation(resolve);
    }

    private static Map.Entry<String, InetAddress> place(String entry) {
        int equals = entry.indexOf('=');
        var name = entry.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return Map.entry(name, InetAddress.ofLiteral(entry.substring(equals + 1).strip()));
    }
}
