package dev.hearth.configuration;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// `registration`: who may make accounts, and what is asked of them.
///
/// @param enabled whether anybody may; else a registration token is needed
/// @param guests whether guests may look in: `guest_access`
/// @param sharedSecret with which scripts make accounts, administrators too, without either
/// @param terms what is to be agreed to
/// @param recaptcha what is to be solved by whoever has no token
public record Registration(
        boolean enabled,
        boolean guests,
        Optional<Secret> sharedSecret,
        List<Policy> terms,
        Optional<Recaptcha> recaptcha) {

    public Registration {
        terms = List.copyOf(terms);
    }

    /// A document that users agree to, in one language; in another it is one more of these, with
    /// the same ID and version.
    public record Policy(String id, String version, String language, String name, URI url) {}

    /// A riddle that programs don't solve, posed by somebody else's server.
    ///
    /// @param siteKey which browsers are told
    /// @param secret which the other server is told
    /// @param siteverify where the other server says whether the riddle was solved
    /// @param script what poses the riddle
    public record Recaptcha(String siteKey, Secret secret, URI siteverify, URI script) {}
}
