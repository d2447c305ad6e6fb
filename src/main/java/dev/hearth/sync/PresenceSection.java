package dev.hearth.sync;

import dev.hearth.json.JsonObject;
import dev.hearth.presence.Presence;
import dev.hearth.storage.Reading;
import java.util.List;

/// Who of those with whom the user shares a room is there (SYNC-24).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#presence Presence
final class PresenceSection {

    private static final String PRESENCE = "m.presence";

    private final Presence presence;

    PresenceSection(Sync.Features features) {
        this.presence = features.presence();
    }

    List<JsonObject> events(Reading reading, SyncRequest request, long upTo) {
        var filter = request.filter().presence();
        if (!filter.allowsType(PRESENCE)) {
            return List.of();
        }
        long since = request.since().position();
        return presence.events(
                reading, request.user(), since, upTo, user -> filter.allowsSender(user.value()));
    }
}
