package dev.hearth.keys.backup;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.identifier.RoomId;
import java.nio.charset.StandardCharsets;

/// A session of a room, whose key can be backed up.
record Session(RoomId room, String id) {

    private static final int MAX_BYTES = 255;

    Session {
        if (id.isEmpty() || id.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalidParam("A session ID has 1 to 255 bytes");
        }
    }
}
