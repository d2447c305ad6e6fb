package dev.hearth.report;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.authorization.Membership;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import java.time.Clock;
import java.util.List;
import java.util.function.BiPredicate;

/// Takes reports, and keeps them for those who run the server.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#reporting-content Reporting content
public final class Reports {

    private static final System.Logger LOG = System.getLogger(Reports.class.getName());
    private static final int LONGEST_REASON = 4_000;

    private final Database database;
    private final Rooms rooms;
    private final BiPredicate<Reading, UserId> exists;
    private final Clock clock;
    private final ReportStore store = new ReportStore();

    /// A report as it is stored: the later, the higher its number.
    public record Numbered(long number, Report report) {}

    /// @param exists whether there is such a local user
    public Reports(
            Database database, Rooms rooms, BiPredicate<Reading, UserId> exists, Clock clock) {
        this.database = database;
        this.rooms = rooms;
        this.exists = exists;
        this.clock = clock;
    }

    public void declare(Routes routes) {
        var limited = routes.client().limited(Limit.REPORTS);
        limited.post("/_matrix/client/v3/rooms/{roomId}/report/{eventId}", this::reportEvent);
        // Clients that don't find v1.13 and v1.14 among the versions ask by the names before them.
        for (var base : List.of("v3", "unstable/org.matrix.msc4151")) {
            limited.post("/_matrix/client/" + base + "/rooms/{roomId}/report", this::reportRoom);
        }
        for (var base : List.of("v3", "unstable/org.matrix.msc4260")) {
            limited.post("/_matrix/client/" + base + "/users/{userId}/report", this::reportUser);
        }
    }

    /// The latest reports before a number, the latest first.
    public List<Numbered> newest(Reading reading, long before, int limit) {
        return store.newest(reading, before, limit);
    }

    /// REP-1: only who is in the room reports what is said there; anybody else isn't told whether
    /// it is there.
    private Response reportEvent(ClientRequest request) {
        var reason = goodReason(request.bodyOrEmpty().findString("reason").orElse(""));
        var room = request.roomId();
        var event = request.eventId();
        var found =
                database.read(reading ->
                        rooms.membership(reading, request.user(), room)
                                .filter(member -> member.membership() == Membership.JOIN)
                                .flatMap(_ -> rooms.find(reading, room, event)));
        if (found.isEmpty()) {
            throw notFound("There is no such event in a room of yours");
        }
        return take(request, new Report.OfEvent(room, event), reason);
    }

    /// REP-1: whoever was told of a room can report it, without going in.
    private Response reportRoom(ClientRequest request) {
        var reason = goodReason(request.body().string("reason"));
        var room = request.roomId();
        if (database.read(reading -> rooms.find(reading, room)).isEmpty()) {
            throw notFound("There is no room " + room);
        }
        return take(request, new Report.OfRoom(room), reason);
    }

    /// REP-1: users of other servers are reported as well.
    private Response reportUser(ClientRequest request) {
        var reason = goodReason(request.body().string("reason"));
        var user = request.userId();
        if (rooms.isLocal(user) && !database.read(reading -> exists.test(reading, user))) {
            throw notFound("There is no user " + user);
        }
        return take(request, new Report.OfUser(user), reason);
    }

    private static String goodReason(String reason) {
        if (reason.length() > LONGEST_REASON) {
            throw invalidParam("A reason has at most " + LONGEST_REASON + " characters");
        }
        return reason;
    }

    private Response take(ClientRequest request, Report.Subject subject, String reason) {
        var report = new Report(request.user(), subject, reason, clock.instant());
        database.change(tx -> store.insert(tx, report));
        LOG.log(System.Logger.Level.INFO, "{0} reported {1}", request.user(), subject);
        return Response.empty();
    }
}
