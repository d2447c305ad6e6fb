package dev.hearth.sync;

import dev.hearth.accountdata.AccountData;
import dev.hearth.accountdata.AccountDatum;
import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Map;

/// What the user's clients keep with us, as far as it changed (SYNC-23).
final class AccountDataSection {

    private final AccountData accountData;

    AccountDataSection(Sync.Features features) {
        this.accountData = features.accountData();
    }

    List<JsonObject> global(Reading reading, SyncRequest request, long upTo) {
        var filter = request.filter().accountData();
        return accountData
                .globalSince(reading, request.user(), request.since().position(), upTo)
                .stream()
                .filter(datum -> filter.allowsType(datum.type()))
                .map(AccountDatum::event)
                .toList();
    }

    /// Of which rooms some changed, and which.
    Map<RoomId, List<AccountDatum>> changed(Reading reading, SyncRequest request, long upTo) {
        return accountData.roomsSince(reading, request.user(), request.since().position(), upTo);
    }

    /// What was set before the user came in is news with the room.
    List<JsonObject> all(Reading reading, Span span) {
        return inRoom(span, accountData.roomsSince(reading, span.user(), 0, span.upTo()));
    }

    /// What of it is wanted of a room.
    List<JsonObject> inRoom(Span span, Map<RoomId, List<AccountDatum>> changed) {
        var filter = span.request().filter().roomAccountData();
        var room = span.membership().roomId();
        return filter.allowsRoom(room.value())
                ? changed.getOrDefault(room, List.of()).stream()
                        .filter(datum -> filter.allowsType(datum.type()))
                        .map(AccountDatum::event)
                        .toList()
                : List.of();
    }
}
