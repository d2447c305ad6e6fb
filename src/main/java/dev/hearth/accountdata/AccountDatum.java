package dev.hearth.accountdata;

import dev.hearth.json.JsonObject;

/// One piece of account data: its type and content, in a room or global.
public record AccountDatum(String type, JsonObject content) {

    /// The event of `/sync`.
    public JsonObject event() {
        return JsonObject.of("type", type, "content", content);
    }
}
