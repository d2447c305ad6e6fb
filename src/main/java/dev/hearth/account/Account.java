package dev.hearth.account;

import dev.hearth.identifier.UserId;
import java.util.Optional;

/// A local user.
///
/// @param password its Argon2id hash; without one nobody logs in by password
record Account(UserId user, Optional<String> password, boolean administrator, boolean deactivated) {

    /// A new account.
    static Account of(UserId user, String passwordHash, boolean administrator) {
        return new Account(user, Optional.of(passwordHash), administrator, false);
    }
}
