package dev.hearth.configuration;

import dev.hearth.identifier.UserId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// `well_known`: what others find under `/.well-known/matrix` who only know the server's name.
///
/// @param server where other servers find this one: `matrix.example.org:443`
/// @param supportPage where users find help
/// @param contacts who helps
public record WellKnown(
        Optional<String> server, Optional<URI> supportPage, List<Contact> contacts) {

    public WellKnown {
        contacts = List.copyOf(contacts);
    }

    /// Somebody who helps.
    ///
    /// @param role `m.role.admin`, `m.role.security`, or another
    public record Contact(String role, Optional<UserId> user, Optional<String> email) {}
}
