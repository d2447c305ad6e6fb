package dev.hearth.receipt;

import dev.hearth.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The content of an `m.receipt` event: event → type → user → time and thread.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mreceipt m.receipt
final class ReceiptContent {

    private ReceiptContent() {}

    static JsonObject of(List<Receipt> receipts) {
        Map<String, Map<String, Map<String, JsonObject>>> events = new LinkedHashMap<>();
        for (var receipt : receipts) {
            var users =
                    events.computeIfAbsent(receipt.event().value(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(receipt.type(), _ -> new LinkedHashMap<>());
            // RCPT-11: on the same event the unthreaded receipt has the user's only slot.
            if (!receipt.isThreaded() || !users.containsKey(receipt.user().value())) {
                users.put(receipt.user().value(), slot(receipt));
            }
        }
        var content = JsonObject.builder();
        events.forEach((event, types) -> content.put(event, types(types)));
        return content.build();
    }

    private static JsonObject types(Map<String, Map<String, JsonObject>> types) {
        var content = JsonObject.builder();
        types.forEach((type, users) -> content.put(type, JsonObject.from(users)));
        return content.build();
    }

    private static JsonObject slot(Receipt receipt) {
        var slot = JsonObject.of("ts", receipt.ts());
        return receipt.isThreaded() ? slot.with("thread_id", receipt.threadId()) : slot;
    }
}
