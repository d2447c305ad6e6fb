package dev.hearth.accountdata;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.Optional;

/// What a user had set for a room, for the one that takes its place (ROOM-13).
record Succession(AccountData accountData, Transaction tx, UserId user) {

    private static final String DIRECT = "m.direct";

    void of(RoomId from, RoomId to) {
        copyTags(from, to);
        accountData
                .find(tx, user, Optional.empty(), DIRECT)
                .ifPresent(direct -> addDirect(direct, from, to));
    }

    private void copyTags(RoomId from, RoomId to) {
        if (accountData.find(tx, user, Optional.of(to), AccountData.TAGS).isEmpty()) {
            accountData
                    .find(tx, user, Optional.of(from), AccountData.TAGS)
                    .ifPresent(tags ->
                            accountData.put(
                                    tx,
                                    user,
                                    Optional.of(to),
                                    new AccountDatum(AccountData.TAGS, tags)));
        }
    }

    private void addDirect(JsonObject direct, RoomId from, RoomId to) {
        var changed = JsonObject.builder();
        direct.members().forEach((other, rooms) -> changed.put(other, withNew(rooms, from, to)));
        var after = changed.build();
        if (!after.equals(direct)) {
            accountData.put(tx, user, Optional.empty(), new AccountDatum(DIRECT, after));
        }
    }

    private static JsonValue withNew(JsonValue rooms, RoomId from, RoomId to) {
        var old = new JsonString(from.value());
        var young = new JsonString(to.value());
        if (!(rooms instanceof JsonArray(var listed))
                || !listed.contains(old)
                || listed.contains(young)) {
            return rooms;
        }
        var more = new ArrayList<>(listed);
        more.add(young);
        return JsonArray.from(more);
    }
}
