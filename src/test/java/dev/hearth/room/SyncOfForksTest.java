package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.accountdata.AccountData;
import dev.hearth.configuration.Configuration;
import dev.hearth.configuration.Listener;
import dev.hearth.http.RateLimits;
import dev.hearth.http.RouteTable;
import dev.hearth.http.WebServer;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.keys.Keys;
import dev.hearth.keys.LocalDevices;
import dev.hearth.keys.SharedRooms;
import dev.hearth.notification.Notifications;
import dev.hearth.presence.Presence;
import dev.hearth.receipt.Receipts;
import dev.hearth.sticky.StickyEvents;
import dev.hearth.storage.Reading;
import dev.hearth.subscription.Subscriptions;
import dev.hearth.sync.Sync;
import dev.hearth.testing.TestClient;
import dev.hearth.todevice.ToDevice;
import dev.hearth.typing.Typing;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What `/sync` tells of a room whose history branches.
class SyncOfForksTest {

    private final RoomServer server = new RoomServer();
    private final WebServer syncs = syncs(server);
    private Branch branch = new Branch(server, server.create());
    private String since = "";

    @BeforeEach
    void aRoomOfAliceAndBob() {
        var room = server.createWithBob();
        var levels = server.state(ALICE, room, "m.room.power_levels", "").ok();
        server.as(ALICE)
                .put(
                        RoomServer.path(room) + "/state/m.room.power_levels",
                        levels.with("users", levels.object("users").with(BOB.value(), 60)))
                .ok();
        branch = new Branch(server, room);
    }

    @AfterEach
    void close() {
        syncs.close();
        server.close();
    }

    private static WebServer syncs(RoomServer server) {
        var database = server.database;
        var rooms = server.rooms;
        var clock = Clock.systemUTC();
        var accountData = new AccountData(database, server.news);
        var receipts = new Receipts(database, server.news, rooms, accountData, clock);
        var keys =
                new Keys(
                        database,
                        ServerName.parse("test"),
                        new Keys.Neighbors(new NoDevices(), new NoCompany(), _ -> {}),
                        server.news::publish,
                        Sync::position);
        var subscriptions = new Subscriptions(database, server.news, rooms, receipts.threads());
        var features =
                new Sync.Features(
                        rooms,
                        accountData,
                        new ToDevice(database, (_, _) -> Set.of(), clock, server.news::publish),
                        keys,
                        new Typing(database, server.news, rooms, clock),
                        receipts,
                        new Notifications(
                                database,
                                server.news,
                                new Notifications.Neighbors(
                                        rooms, receipts, accountData, subscriptions),
                                new Configuration.Push(false, false),
                                clock),
                        new StickyEvents(database, rooms, clock),
                        new Presence(
                                database,
                                server.news,
                                rooms,
                                new Presence.People(
                                        (_, _) -> true, rooms::isLocal, (_, _) -> JsonObject.EMPTY),
                                clock,
                                false),
                        subscriptions);
        var routes = new RouteTable();
        new Sync(database, server.news, features, clock).declare(routes);
        return WebServer.start(
                new Listener(InetAddress.ofLiteral("127.0.0.1"), 0, List.of()),
                routes,
                RoomServer::authenticate,
                RateLimits.off(),
                database::settle);
    }

    private static final class NoDevices implements LocalDevices {
        @Override
        public boolean exists(Reading reading, UserId user) {
            return true;
        }

        @Override
        public Map<DeviceId, Optional<String>> names(Reading reading, UserId user) {
            return Map.of();
        }
    }

    private static final class NoCompany implements SharedRooms {
        @Override
        public Set<UserId> sharingWith(Reading reading, UserId user) {
            return Set.of();
        }

        @Override
        public Encounters encounters(Reading reading, UserId user, long from, long upTo) {
            return new Encounters(Set.of(), Set.of());
        }
    }

    private JsonObject sync(UserId user, String more) {
        var answer =
                new TestClient(URI.create("http://127.0.0.1:" + syncs.address().getPort()))
                        .as(user + "/PHONE")
                        .get("/_matrix/client/v3/sync?" + since + more)
                        .ok();
        since = "since=" + answer.string("next_batch");
        return answer.path("rooms", "join", branch.room.value())
                .or(() -> answer.path("rooms", "leave", branch.room.value()))
                .map(JsonObject.class::cast)
                .orElse(JsonObject.EMPTY);
    }

    /// The topics, or else the types, of the events of a block.
    private static List<String> told(JsonObject section, String block) {
        return section
                .path(block, "events")
                .map(events -> ((JsonArray) events).objects())
                .orElse(List.of())
                .stream()
                .map(event ->
                        event.object("content").peekString("topic").orElse(event.string("type")))
                .toList();
    }

    @Test
    @DisplayName("SYNC-2: of two changes on two branches state_after holds the one that won")
    void theWinnerOfTwoBranches() {
        sync(ALICE, "");
        var fork = branch.tip();
        var one = branch.topic(ALICE, "one", fork);
        var other = branch.topic(ALICE, "other", fork);
        branch.accept(other, one);
        var told = sync(ALICE, "&use_state_after=true");
        assertEquals(List.of("other", "one"), told(told, "timeline"));
        assertEquals(List.of("other"), told(told, "state_after"));
    }

    @Test
    @DisplayName("SYNC-2: a change that lost is in the timeline and changes nothing")
    void theLoserChangesNothing() {
        var fork = branch.tip();
        var one = branch.topic(ALICE, "one", fork);
        var other = branch.topic(ALICE, "other", fork);
        branch.accept(other);
        sync(ALICE, "");
        branch.accept(one);
        var told = sync(ALICE, "&use_state_after=true");
        assertEquals(List.of("one"), told(told, "timeline"));
        assertEquals(List.of(), told(told, "state_after"));
    }

    @Test
    @DisplayName("SYNC-2, SYNC-3: state that comes without an event of the timeline is told")
    void stateWithoutAnEvent() {
        var failed = branch.topic(BOB, "of Bob", branch.tip());
        branch.receive(failed, EventStatus.SOFT_FAILED);
        sync(ALICE, "");
        var before = since;
        branch.accept(branch.message(ALICE, "next", failed.eventId()));
        var told = sync(ALICE, "&use_state_after=true");
        assertEquals(List.of("m.room.message"), told(told, "timeline"));
        assertEquals(List.of("of Bob"), told(told, "state_after"));
        since = before;
        told = sync(ALICE, "");
        assertEquals(List.of("m.room.message"), told(told, "timeline"));
        assertEquals(List.of("of Bob"), told(told, "state"));
    }

    @Test
    @DisplayName("SYNC-4: the timeline is in the order of arrival, and no late event is lost")
    void lateEventsOfABranch() {
        var fork = branch.tip();
        var early = branch.topic(ALICE, "early", fork);
        branch.accept(branch.topic(ALICE, "late", fork));
        sync(ALICE, "");
        branch.accept(branch.topic(ALICE, "later", branch.tip()));
        branch.accept(early);
        assertEquals(List.of("later", "early"), told(sync(ALICE, ""), "timeline"));
        assertEquals(JsonObject.EMPTY, sync(ALICE, ""));
    }

    @Test
    @DisplayName("SYNC-14: who is banned on another branch is told that they left")
    void bannedOnAnotherBranch() {
        sync(BOB, "");
        var fork = branch.tip();
        branch.accept(branch.topic(BOB, "of Bob", fork));
        branch.accept(branch.member(ALICE, BOB, "ban", fork));
        branch.accept(branch.message(ALICE, "at last", branch.tip()));
        var told = told(sync(BOB, ""), "timeline");
        assertEquals(List.of("of Bob", "m.room.member"), told);
    }

    @Test
    void whatIsRejectedOrSoftFailedIsNotTold() {
        sync(ALICE, "");
        branch.receive(branch.topic(CAROL, "of Carol", branch.tip()), EventStatus.REJECTED);
        branch.receive(branch.topic(BOB, "of Bob", branch.tip()), EventStatus.SOFT_FAILED);
        assertEquals(JsonObject.EMPTY, sync(ALICE, "&filter=" + escape("{}")));
        assertTrue(since.startsWith("since=s"));
    }
}
