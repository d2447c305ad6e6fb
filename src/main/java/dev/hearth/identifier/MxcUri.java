package dev.hearth.identifier;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a piece of media is: `mxc://server/media-id`.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#matrix-content-mxc-uris MXC URIs
public record MxcUri(ServerName server, String mediaId) {

    private static final Pattern GRAMMAR = Pattern.compile("mxc://([^/]+)/([0-9A-Za-z_-]{1,255})");

    public MxcUri {
        if (!GRAMMAR.matcher("mxc://" + server + "/" + mediaId).matches()) {
            throw new InvalidIdentifierException("media ID", mediaId, "expected A-Z a-z 0-9 _ -");
        }
    }

    public static MxcUri parse(String text) {
        var matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidIdentifierException("MXC URI", text, "expected mxc://server/media-id");
        }
        return new MxcUri(new ServerName(matcher.group(1)), matcher.group(2));
    }

    public static Optional<MxcUri> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (InvalidIdentifierException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "mxc://" + server + "/" + mediaId;
    }
}
