package dev.hearth.keys.backup;

import static dev.hearth.error.MatrixException.badJson;
import static dev.hearth.error.MatrixException.tooLarge;

import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;

/// What a backup holds of one session.
///
/// @param data the key itself, encrypted by the client
record BackedUpKey(long firstMessageIndex, long forwardedCount, boolean verified, JsonValue data) {

    /// What encrypts one key is some hundred bytes long.
    private static final int LARGEST = 1 << 16;

    static BackedUpKey parse(JsonObject json) {
        if (CanonicalJson.length(json) > LARGEST) {
            throw tooLarge("A backed-up key may have " + LARGEST + " bytes");
        }
        return new BackedUpKey(
                count(json, "first_message_index"),
                count(json, "forwarded_count"),
                json.bool("is_verified"),
                Sealed.read(json, "session_data"));
    }

    private static long count(JsonObject json, String key) {
        long count = json.integer(key);
        if (count < 0 || count > JsonInteger.MAX_CANONICAL) {
            throw badJson(key + " is out of range");
        }
        return count;
    }

    /// Which of two keys for the same session is kept, KB-2: a verified one, then the one that
    /// reads more of the session, then the one that went through fewer hands; else the older.
    boolean isBetterThan(BackedUpKey stored) {
        if (verified != stored.verified) {
            return verified;
        }
        if (firstMessageIndex != stored.firstMessageIndex) {
            return firstMessageIndex < stored.firstMessageIndex;
        }
        return forwardedCount < stored.forwardedCount;
    }

    JsonObject json() {
        return JsonObject.of(
                "first_message_index", firstMessageIndex,
                "forwarded_count", forwardedCount,
                "is_verified", verified,
                "session_data", data);
    }
}
