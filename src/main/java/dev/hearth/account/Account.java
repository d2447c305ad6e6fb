package dev.hearth.account;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.http.Restraint;
import dev.hearth.identifier.UserId;
import java.util.Optional;

/// A local user.
///
/// @param password its Argon2id hash; without one nobody logs in by password
/// @param locked whether it is out of use until an administrator unlocks it
/// @param suspended whether its user may only read and tidy up
record Account(
        UserId user,
        Optional<String> password,
        Kind kind,
        boolean deactivated,
        boolean locked,
        boolean suspended) {

    /// What an account is for.
    enum Kind {
        /// Of somebody who only looks in: there is no password.
        GUEST,
        USER,
        ADMINISTRATOR
    }

    /// A new account of somebody who stays.
    static Account of(UserId user, String passwordHash, boolean administrator) {
        var kind = administrator ? Kind.ADMINISTRATOR : Kind.USER;
        return new Account(user, Optional.of(passwordHash), kind, false, false, false);
    }

    static Account guest(UserId user) {
        return new Account(user, Optional.empty(), Kind.GUEST, false, false, false);
    }

    static Account unattended(UserId user) {
        return new Account(user, Optional.empty(), Kind.USER, false, false, false);
    }

    boolean isInUse() {
        return !deactivated && !locked;
    }

    boolean isGuest() {
        return kind == Kind.GUEST;
    }

    boolean isAdministrator() {
        return kind == Kind.ADMINISTRATOR;
    }

    /// MOD-1: a locked account begins no session, and goes on with none; nor does one that ended.
    void requireInUse() {
        if (deactivated) {
            throw MatrixException.error(
                    ErrorCode.M_USER_DEACTIVATED, "This account was deactivated");
        }
        if (locked) {
            throw new MatrixException.UserLocked();
        }
    }

    Restraint restraint() {
        if (locked) {
            return Restraint.LOCKED;
        }
        return suspended ? Restraint.SUSPENDED : Restraint.NONE;
    }
}
