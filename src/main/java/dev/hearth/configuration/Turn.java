package dev.hearth.configuration;

import java.time.Duration;
import java.util.List;

/// `turn`: the relay for calls.
///
/// @param uris where it is; none if there is none
/// @param ttl how long a name and password are good
public record Turn(List<String> uris, Access access, Duration ttl) {

    public Turn {
        uris = List.copyOf(uris);
    }

    /// How users get in.
    public sealed interface Access {}

    /// By a secret that both servers know: each user has their own name and password.
    public record Shared(Secret secret) implements Access {}

    /// By one name and password for all.
    public record Fixed(String username, Secret password) implements Access {}
}
