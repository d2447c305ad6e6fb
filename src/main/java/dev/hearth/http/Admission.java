package dev.hearth.http;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;

/// Which of the users may call an endpoint.
///
/// @param guests whether guests may
/// @param suspended whether suspended users may
/// @param locked whether locked users may
record Admission(boolean guests, boolean suspended, boolean locked) {

    static final Admission USERS = new Admission(false, true, false);
    static final Admission GUESTS = new Admission(true, true, false);

    Admission unlessSuspended() {
        return new Admission(guests, false, locked);
    }

    Admission evenIfLocked() {
        return new Admission(guests, suspended, true);
    }

    /// @throws MatrixException if the requester may not
    void check(Requester requester) {
        if (requester.restraint() == Restraint.LOCKED && !locked) {
            throw new MatrixException.UserLocked();
        }
        if (!suspended) {
            requester.requireNotSuspended();
        }
        if (requester.guest() && !guests) {
            throw MatrixException.error(
                    ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not do this");
        }
    }
}
