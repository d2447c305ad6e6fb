package dev.hearth.http;

import dev.hearth.error.MatrixException;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;

/// A request of a user, whose access token was found good.
public non-sealed interface ClientRequest extends Request {

    Requester requester();

    /// The access token, for what must end with it (logging out); never for a log.
    String accessToken();

    default UserId user() {
        return requester().user();
    }

    default DeviceId device() {
        return requester().device();
    }

    /// The user in the path, where that is to be the one who asks: `M_FORBIDDEN` if it is another.
    default UserId ownUserId() {
        var named = userId();
        if (!named.equals(user())) {
            throw MatrixException.forbidden("Only " + named + " may do this");
        }
        return named;
    }
}
