package dev.hearth.push;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.net.URI;

/// Where a user wants to be notified.
///
/// @param number by which the store knows it
/// @param device that set it, with which it goes
/// @param shown what only people and clients read: names, language, profile tag
/// @param data for the gateway, with its address
/// @param enabled whether anything is sent
/// @param setAt when it was set last, in milliseconds since 1970
/// @spec https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushers GET /pushers
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/3881 MSC3881, turning others off
record Pusher(
        long number,
        UserId user,
        DeviceId device,
        Key key,
        JsonObject shown,
        JsonObject data,
        boolean enabled,
        long setAt) {

    static final String ENABLED = "org.matrix.msc3881.enabled";
    static final String DEVICE = "org.matrix.msc3881.device_id";

    /// What tells the pushers of a user apart.
    record Key(String appId, String pushkey) {}

    /// How far its gateway was told.
    ///
    /// @param cursor up to which position
    /// @param badge the last number of unread messages; -1 before there was one
    /// @param failures how often in a row it wasn't reached
    /// @param retryAt when to try again, in milliseconds since 1970
    record Progress(long cursor, long badge, int failures, long retryAt) {

        static final long NO_BADGE = -1;

        static Progress from(long position) {
            return new Progress(position, NO_BADGE, 0, 0);
        }

        /// The gateway was told something.
        Progress told(long upTo, long unread) {
            return new Progress(Math.max(cursor, upTo), unread, 0, 0);
        }

        /// There is nothing to tell up to a position.
        Progress passed(long position) {
            return new Progress(Math.max(cursor, position), badge, failures, retryAt);
        }
    }

    /// The gateway's address.
    URI url() {
        return URI.create(data.string("url"));
    }

    /// Whether the gateway is told no more than which event it is.
    boolean wantsIdOnly() {
        return data.peekString("format").filter("event_id_only"::equals).isPresent();
    }

    /// As clients are told it.
    JsonObject json() {
        return JsonObject.builder()
                .put("pushkey", key.pushkey())
                .put("kind", "http")
                .put("app_id", key.appId())
                .putAll(shown)
                .put("data", data)
                .put(ENABLED, enabled)
                .put(DEVICE, device)
                .build();
    }

    /// As gateways are told it (PGW-1).
    JsonObject asDevice() {
        return JsonObject.of(
                "app_id", key.appId(),
                "pushkey", key.pushkey(),
                "pushkey_ts", setAt / 1_000,
                "data", data.without("url"));
    }
}
