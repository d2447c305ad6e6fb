package dev.hearth.configuration;

import dev.hearth.concurrent.Meters;
import dev.hearth.identifier.ServerName;
import dev.hearth.json.JsonObject;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that can be set. The record components are the keys: `registration.shared_secret` is
/// `registration().sharedSecret()`.
///
/// @param publicBaseurl `public_baseurl`: where clients find the server, for those that look for it
///   by its name
/// @param dataDir `data_dir`: the database, the journal, blobs and the signing key
public record Configuration(
        ServerName serverName,
        Optional<URI> publicBaseurl,
        List<Listener> listeners,
        Path dataDir,
        Storage storage,
        Registration registration,
        WellKnown wellKnown,
        Turn turn,
        ServerNotices serverNotices,
        Devices devices,
        HttpClient httpClient,
        Federation federation,
        Limits rateLimits,
        Password password,
        Rooms rooms,
        Directory directory,
        DelayedEvents delayedEvents,
        Rtc rtc,
        Presence presence,
        Search search,
        UserDirectory userDirectory,
        Push push,
        Log log) {

    public Configuration {
        listeners = List.copyOf(listeners);
    }

    /// `storage`: with less free space on the disk than this, changes are refused.
    public record Storage(long reserve) {}

    /// `http_client`: what holds for every request of ours to somebody else's server.
    ///
    /// @param ipDeny `ip_deny`: addresses to which none goes
    /// @param extraCa `extra_ca`: authorities that are trusted besides the usual ones
    public record HttpClient(List<AddressRange> ipDeny, List<X509Certificate> extraCa) {
        public HttpClient {
            ipDeny = List.copyOf(ipDeny);
            extraCa = List.copyOf(extraCa);
        }
    }

    /// `federation`: the addresses of names that are looked up nowhere else.
    public record Federation(Map<String, List<InetAddress>> resolve) {
        public Federation {
            resolve = Map.copyOf(resolve);
        }
    }

    /// `rate_limits`: one switch for all of them, and for each kind how often.
    ///
    /// @param rates by the kind: `rate_limits.messages` is that of `messages`
    public record Limits(boolean enabled, Map<String, Meters.Rate> rates) {
        public Limits {
            rates = Map.copyOf(rates);
        }

        /// How often something of a kind may be done.
        public Meters.Rate rate(String kind) {
            var rate = rates.get(kind);
            if (rate == null) {
                throw new IllegalArgumentException("there is no such kind of limits: " + kind);
            }
            return rate;
        }
    }

    /// `devices`: whether others are told how a user's devices are called, and how many there are
    /// at most: `max_per_user`.
    public record Devices(boolean named, int maxPerUser) {}

    /// `password`: how dear a guess is made for whoever stole the database.
    public record Password(HashCost hashCost) {}

    /// `directory`: the list of public rooms.
    ///
    /// @param publicWithoutAuth `public_without_auth`: whether it is shown to who has no account
    /// @param publishing whether users may put rooms into it; administrators may in any case
    public record Directory(boolean publicWithoutAuth, boolean publishing) {}

    /// `delayed_events`: for how long an event may be put off; zero for not at all.
    public record DelayedEvents(Duration maxDelay) {}

    /// `rtc`: the servers that carry calls, as clients are told of them.
    public record Rtc(List<JsonObject> transports) {
        public Rtc {
            transports = List.copyOf(transports);
        }
    }

    /// `push`: whether names are looked for in the text of messages whose senders don't say whom
    /// they mention (`legacy_mentions`), and whether threads notify only who has subscribed to them
    /// (`thread_subscriptions`), which is MSC4306.
    public record Push(boolean legacyMentions, boolean threadSubscriptions) {}

    /// `rooms`: the version that new rooms have unless their creator asks for another, and how long
    /// what was redacted is still stored.
    public record Rooms(String defaultVersion, Duration redactionRetention) {}

    /// `presence`: whether users see who is there.
    public record Presence(boolean enabled) {}

    /// `search`: whether messages can be searched, for which the server keeps an index of words.
    public record Search(boolean enabled) {}

    /// `user_directory`: whether everybody finds every user of the server, or only those with whom
    /// they share a room or who are in public ones.
    public record UserDirectory(boolean allUsers) {}
}
