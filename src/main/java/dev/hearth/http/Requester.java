package dev.hearth.http;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;

/// Who makes a request: the user, and the device that the access token belongs to.
public record Requester(
        UserId user, DeviceId device, boolean guest, boolean administrator, Restraint restraint) {

    /// Somebody whom nothing keeps.
    public Requester(UserId user, DeviceId device, boolean guest, boolean administrator) {
        this(user, device, guest, administrator, Restraint.NONE);
    }

    /// Refuses what is for those who run the server.
    public void requireAdministrator() {
        if (!administrator) {
            throw MatrixException.forbidden("You are not an administrator of this server");
        }
    }

    /// Somebody in whose name the server acts: no device asked for it, and it gives no more power.
    public static Requester withoutDevice(UserId user) {
        return new Requester(user, DeviceId.parse("-"), false, false);
    }

    /// Refuses what a suspended user may not do (MOD-2). It is for what depends on more than the
    /// endpoint; else the endpoint's section says so: [Routes.Section#unlessSuspended].
    public void requireNotSuspended() {
        if (restraint == Restraint.SUSPENDED) {
            throw suspended();
        }
    }

    public static MatrixException suspended() {
        return MatrixException.error(
                ErrorCode.M_USER_SUSPENDED, "You may not do this while you are suspended");
    }
}
