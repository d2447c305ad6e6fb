package dev.hearth.receipt;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import java.util.ArrayList;
import java.util.List;

/// Setting receipts and read markers.
///
/// @spec
///   https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreceiptreceipttypeeventid
///   POST /receipt
/// @spec
///   https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidread_markers
///   POST /read_markers
final class ReceiptEndpoints {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private final Database database;
    private final Rooms rooms;
    private final Receipts receipts;

    ReceiptEndpoints(Database database, Rooms rooms, Receipts receipts) {
        this.database = database;
        this.rooms = rooms;
        this.receipts = receipts;
    }

    void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .post(ROOM + "/receipt/{receiptType}/{eventId}", this::receipt)
                .post(ROOM + "/read_markers", this::markers);
    }

    /// Some clients send no body.
    private Response receipt(ClientRequest request) {
        var type = ReceiptType.parse(request.path("receiptType"));
        var thread = thread(request.bodyOrEmpty());
        if (type == ReceiptType.FULLY_READ && !thread.equals(Receipt.UNTHREADED)) {
            throw invalidParam("thread_id: a read marker is of the whole room");
        }
        return set(request, List.of(wish(request, type, thread, request.eventId())));
    }

    private static String thread(JsonObject body) {
        var found = body.find("thread_id").filter(value -> value != JsonNull.NULL);
        if (found.isEmpty()) {
            return Receipt.UNTHREADED;
        }
        if (found.get() instanceof JsonString(var thread) && !thread.isEmpty()) {
            return thread;
        }
        throw invalidParam("thread_id is main or the ID of a thread's root");
    }

    private Response markers(ClientRequest request) {
        var body = request.body();
        var wishes = new ArrayList<Receipts.Wish>();
        for (var type : ReceiptType.values()) {
            body.findString(type.wireName())
                    .map(EventId::parse)
                    .map(event -> wish(request, type, Receipt.UNTHREADED, event))
                    .ifPresent(wishes::add);
        }
        return set(request, wishes);
    }

    private static Receipts.Wish wish(
            ClientRequest request, ReceiptType type, String thread, EventId event) {
        return new Receipts.Wish(request.user(), request.roomId(), type, thread, event);
    }

    private Response set(ClientRequest request, List<Receipts.Wish> wishes) {
        var room = request.roomId();
        database.read(reading -> rooms.requireJoined(reading, request.user(), room));
        if (!wishes.isEmpty()) {
            receipts.set(wishes);
        }
        return Response.empty();
    }
}
