package dev.hearth.http;

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
}
