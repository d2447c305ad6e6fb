package dev.hearth.keys.backup;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;

/// One version of a user's backup.
///
/// @param id the key of its row
/// @param etag a number that grows whenever the stored keys change, KB-3
record Backup(long id, Version version, long etag, long count) {

    /// What a client says of a backup when it makes one.
    ///
    /// @param number how clients name it
    /// @param authData the clients' own affair
    record Version(long number, String algorithm, JsonValue authData) {}

    Backup changedTo(long newCount) {
        return new Backup(id, version, etag + 1, newCount);
    }

    String name() {
        return Long.toString(version.number());
    }

    /// The answer to a change of the keys.
    JsonObject summary() {
        return JsonObject.of("etag", Long.toString(etag), "count", count);
    }

    JsonObject json() {
        return JsonObject.of(
                "algorithm", version.algorithm(),
                "auth_data", version.authData(),
                "count", count,
                "etag", Long.toString(etag),
                "version", name());
    }
}
