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

    /// Where to turn to when the server can't go on, as a URI: who looks after it, or the page.
    public Optional<String> adminContact() {
        return contacts.stream()
                .filter(contact -> contact.role().equals("m.role.admin"))
                .map(Contact::uri)
                .findFirst()
                .or(() -> supportPage.map(URI::toString));
    }

    /// Somebody who helps.
    ///
    /// @param role `m.role.admin`, `m.role.security`, or another
    public record Contact(String role, Optional<UserId> user, Optional<String> email) {

        private String uri() {
            return email.map(address -> "mailto:" + address)
                    .or(() -> user.map(id -> "https://matrix.to/#/" + id))
                    .orElse("");
        }
    }
}
