package dev.hearth.room;

import dev.hearth.identifier.EventId;
import dev.hearth.roomversion.EventIdFormat;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.UnpaddedBase64;
import java.nio.charset.StandardCharsets;

/// Event IDs as the store keeps them: the hash itself where the ID is one, else the text.
final class EventIds {

    private EventIds() {}

    static byte[] bytes(EventId id, RoomVersion version) {
        return version.rules().eventIdFormat() == EventIdFormat.CHOSEN
                ? id.value().getBytes(StandardCharsets.UTF_8)
                : UnpaddedBase64.decode(id.value().substring(1)).orElseThrow();
    }

    static EventId id(byte[] bytes, RoomVersion version) {
        return new EventId(
                switch (version.rules().eventIdFormat()) {
                    case CHOSEN -> new String(bytes, StandardCharsets.UTF_8);
                    case HASH_STANDARD_BASE64 -> "$" + UnpaddedBase64.encode(bytes);
                    case HASH_URL_SAFE_BASE64 -> "$" + UnpaddedBase64.encodeUrlSafe(bytes);
                });
    }
}
