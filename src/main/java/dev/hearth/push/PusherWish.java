package dev.hearth.push;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;

import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A pusher as a client wants it (PUSH-13).
///
/// @param content nothing if there shall be none with this key
/// @param append whether other users may go on having one with the same key
/// @spec https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3pushersset POST
///   /pushers/set
record PusherWish(Pusher.Key key, Optional<Content> content, boolean append) {

    private static final String PATH = "/_matrix/push/v1/notify";
    private static final int MAX_APP_ID = 64;
    private static final int MAX_PUSHKEY_BYTES = 512;
    private static final int MAX_CONTENT_BYTES = 8_192;

    /// What was sent beside the key.
    record Content(JsonObject shown, JsonObject data, boolean enabled) {}

    static PusherWish parse(JsonObject body) {
        var kind = body.find("kind").orElseThrow(() -> missingParam("kind: \"http\" or null"));
        var key = new Pusher.Key(required(body, "app_id"), required(body, "pushkey"));
        requireLength(key);
        boolean append = body.findBoolean("append").orElse(false);
        if (kind == JsonNull.NULL) {
            return new PusherWish(key, Optional.empty(), append);
        }
        if (!kind.equals(new JsonString("http"))) {
            throw invalidParam("kind: this server has pushers of the kind http only");
        }
        return new PusherWish(key, Optional.of(content(body)), append);
    }

    private static String required(JsonObject body, String member) {
        return body.findString(member).orElseThrow(() -> missingParam(member + " is missing"));
    }

    private static void requireLength(Pusher.Key key) {
        if (key.appId().length() > MAX_APP_ID) {
            throw invalidParam("app_id: it has at most " + MAX_APP_ID + " characters");
        }
        int bytes = key.pushkey().getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_PUSHKEY_BYTES) {
            throw invalidParam("pushkey: it has 1 to " + MAX_PUSHKEY_BYTES + " bytes");
        }
    }

    private static Content content(JsonObject body) {
        var shown = JsonObject.builder();
        for (var member : List.of("app_display_name", "device_display_name", "lang")) {
            shown.put(member, required(body, member));
        }
        shown.putIfPresent("profile_tag", body.findString("profile_tag"));
        var data = body.findObject("data").orElseThrow(() -> missingParam("data is missing"));
        requireUrl(data);
        var content =
                new Content(shown.build(), data, body.findBoolean(Pusher.ENABLED).orElse(true));
        if (JsonWriter.writeBytes(data).length > MAX_CONTENT_BYTES
                || JsonWriter.writeBytes(content.shown()).length > MAX_CONTENT_BYTES) {
            throw invalidParam("A pusher has at most " + MAX_CONTENT_BYTES + " bytes");
        }
        return content;
    }

    /// PGW-4: neither another path nor a bare connection, so that nothing but a gateway is asked.
    private static void requireUrl(JsonObject data) {
        var text = data.findString("url").orElseThrow(() -> missingParam("data.url is missing"));
        try {
            var url = URI.create(text);
            var scheme = Optional.ofNullable(url.getScheme()).orElse("");
            if (scheme.toLowerCase(Locale.ROOT).equals("https")
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && PATH.equals(url.getRawPath())) {
                return;
            }
        } catch (IllegalArgumentException _) {
            // It is refused with the others.
        }
        throw invalidParam("data.url: expected https://, a host, and " + PATH);
    }
}
