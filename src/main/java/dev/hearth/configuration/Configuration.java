package dev.hearth.configuration;

import dev.hearth.identifier.ServerName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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
        Limits rateLimits,
        Password password,
        Rooms rooms,
        Log log) {

    public Configuration {
        listeners = List.copyOf(listeners);
    }

    /// `storage`: with less free space on the disk than this, changes are refused.
    public record Storage(long reserve) {}

    /// `rate_limits`: one switch for all of them.
    public record Limits(boolean enabled) {}

    /// `password`: how dear a guess is made for whoever stole the database.
    public record Password(HashCost hashCost) {}

    /// `rooms`: the version that new rooms have unless their creator asks for another.
    public record Rooms(String defaultVersion) {}
}
