package dev.hearth.accountdata;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.error.ErrorCode;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A user's own data of clients: account data, tags, filters.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#client-config Client config
public final class AccountData {

    static final String TAGS = "m.tag";
    private static final String NOTIFICATIONS_OF_DEVICE =
            "org.matrix.msc3890.local_notification_settings.";
    private static final String IGNORED_USERS = "m.ignored_user_list";

    private static final String UNSTABLE =
            "/_matrix/client/unstable/org.matrix.msc3391/user/{userId}";

    /// What a datum is set to that is taken away: the other devices are told so once (MSC3391).
    private static final JsonObject GONE = JsonObject.EMPTY;

    /// Types that have an endpoint of their own, through which alone they change.
    private static final Set<String> SERVED_ELSEWHERE = Set.of("m.fully_read", "m.push_rules");

    /// One user can't fill the disk with data that nobody sees.
    private static final int MAX_DATA = 20_000;

    private static final int MAX_TAG_BYTES = 255;
    private static final int MAX_TAGS = 100;

    private final Database database;
    private final NewsBoard<UserId> news;
    private final AccountDataStore store = new AccountDataStore();
    private final Filters filters;

    /// What another feature makes: filled before the first request.
    private final Map<String, Served> served = new LinkedHashMap<>();

    /// Global data that another feature makes, and tells by this one's means.
    public interface Served {
        JsonObject content(Reading reading, UserId user);

        /// The position of the last change; 0 if there was none. It is known before the change is
        /// committed.
        long lastChange(UserId user);
    }

    public AccountData(Database database, NewsBoard<UserId> news) {
        this.database = database;
        this.news = news;
        this.filters = new Filters(database, store);
    }

    public void declare(Routes routes) {
        routes.client()
                .get("/_matrix/client/v3/user/{userId}/account_data/{type}", this::getGlobal)
                .put("/_matrix/client/v3/user/{userId}/account_data/{type}", this::putGlobal)
                .get(
                        "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
                        this::getInRoom)
                .put(
                        "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
                        this::putInRoom)
                .delete(UNSTABLE + "/account_data/{type}", this::deleteGlobal)
                .delete(UNSTABLE + "/rooms/{roomId}/account_data/{type}", this::deleteInRoom)
                .post("/_matrix/client/v3/user/{userId}/filter", filters::post)
                .get("/_matrix/client/v3/user/{userId}/filter/{filterId}", filters::get)
                .get("/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags", this::tags)
                .put("/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}", this::putTag)
                .delete(
                        "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}",
                        this::deleteTag);
    }

    /// Before the first request: global data of a type that isn't stored here.
    public void serve(String type, Served what) {
        served.put(type, what);
    }

    /// The filter that a client stored, by the ID that it was given.
    public Optional<JsonObject> filter(Reading reading, UserId user, String filterId) {
        return filters.find(reading, user, filterId);
    }

    /// Changes of global account data after one position and up to another.
    public List<AccountDatum> globalSince(Reading reading, UserId user, long since, long upTo) {
        var changes = store.since(reading, user, since, upTo).global();
        var all = new ArrayList<>(since > 0 ? changes : there(changes));
        served.forEach((type, what) -> {
            long last = what.lastChange(user);
            if (since == 0 || last > since && last <= upTo) {
                all.add(new AccountDatum(type, what.content(reading, user)));
            }
        });
        return all;
    }

    /// Changes of the account data of rooms after one position and up to another.
    public Map<RoomId, List<AccountDatum>> roomsSince(
            Reading reading, UserId user, long since, long upTo) {
        var changes = store.since(reading, user, since, upTo).rooms();
        if (since > 0) {
            return changes;
        }
        var all = new LinkedHashMap<RoomId, List<AccountDatum>>();
        changes.forEach((room, data) -> all.put(room, there(data)));
        all.values().removeIf(List::isEmpty);
        return all;
    }

    /// Who begins needn't hear of what is gone.
    private static List<AccountDatum> there(List<AccountDatum> data) {
        return data.stream().filter(datum -> !datum.content().equals(GONE)).toList();
    }

    /// Whom the user ignores. Ignoring oneself does nothing (IGN-1).
    ///
    /// @spec https://spec.matrix.org/v1.19/client-server-api/#ignoring-users Ignoring users
    public Set<UserId> ignoredUsers(Reading reading, UserId user) {
        return store.find(reading, user, Optional.empty(), IGNORED_USERS)
                .flatMap(content -> content.peekObject("ignored_users"))
                .map(users -> parse(users, user))
                .orElse(Set.of());
    }

    private static Set<UserId> parse(JsonObject users, UserId self) {
        return users.keys().stream()
                .flatMap(text -> UserId.find(text).stream())
                .filter(user -> !user.equals(self))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whose invites a user wants.
    public InvitePermission invitePermission(Reading reading, UserId user) {
        return new InvitePermission(
                find(reading, user, Optional.empty(), InvitePermission.TYPE),
                find(reading, user, Optional.empty(), InvitePermission.UNSTABLE_TYPE));
    }

    /// Whether a user is shown what another invites them to: not if they ignore them, or want no
    /// invites of theirs (SYNC-15, INV-2).
    public boolean showsInvitesOf(Reading reading, UserId user, UserId inviter) {
        return !ignoredUsers(reading, user).contains(inviter)
                && invitePermission(reading, user).of(inviter) == InvitePermission.Ruling.ALLOW;
    }

    /// A user came into a room that takes the place of another: it has the same tags, and is direct
    /// with whom the other is.
    public void succeed(Transaction tx, UserId user, RoomId from, RoomId to) {
        new Succession(this, tx, user).of(from, to);
    }

    /// One datum, global or of a room.
    public Optional<JsonObject> find(
            Reading reading, UserId user, Optional<RoomId> room, String type) {
        return store.find(reading, user, room, type)
                .filter(content -> !content.equals(GONE))
                .or(() ->
                        room.isEmpty()
                                ? Optional.ofNullable(served.get(type))
                                        .map(what -> what.content(reading, user))
                                : Optional.empty());
    }

    /// Sets one datum, and wakes the user's clients when it is committed.
    public void put(Transaction tx, UserId user, Optional<RoomId> room, AccountDatum datum) {
        store.put(tx, user, room, datum);
        tx.afterCommit(() -> news.publish(user));
    }

    /// Marks a room of the user's, beside what marks it already.
    public void tag(Transaction tx, UserId user, RoomId room, String tag) {
        var tags = tags(tx, user, room).with(tag, JsonObject.EMPTY);
        put(tx, user, Optional.of(room), new AccountDatum(TAGS, JsonObject.of("tags", tags)));
    }

    /// Takes away what a client kept here for one device alone, which is no more (TOK-13).
    public void deviceRemoved(Transaction tx, UserId user, DeviceId device) {
        remove(tx, user, Optional.empty(), NOTIFICATIONS_OF_DEVICE + device);
    }

    private void remove(Transaction tx, UserId user, Optional<RoomId> room, String type) {
        if (find(tx, user, room, type).isPresent()) {
            put(tx, user, room, new AccountDatum(type, GONE));
        }
    }

    /// Takes away all data of a user who is no more.
    public void accountRemoved(Transaction tx, UserId user) {
        store.deleteAll(tx, user);
    }

    private Response getGlobal(ClientRequest request) {
        return get(request, Optional.empty());
    }

    private Response getInRoom(ClientRequest request) {
        return get(request, Optional.of(request.roomId()));
    }

    private Response get(ClientRequest request, Optional<RoomId> room) {
        var user = request.ownUserId();
        var type = request.path("type");
        return database.read(reading -> find(reading, user, room, type))
                .map(Response::json)
                .orElseThrow(() -> notFound("There is no account data of type " + type));
    }

    private Response putGlobal(ClientRequest request) {
        return put(request, Optional.empty());
    }

    private Response putInRoom(ClientRequest request) {
        return put(request, Optional.of(request.roomId()));
    }

    private Response put(ClientRequest request, Optional<RoomId> room) {
        var user = request.ownUserId();
        var datum = new AccountDatum(request.path("type"), request.body());
        refuseIfServedElsewhere(datum.type());
        database.change(tx -> {
            if (datum.content().equals(GONE)) {
                remove(tx, user, room, datum.type());
                return;
            }
            boolean isNew = store.find(tx, user, room, datum.type()).isEmpty();
            if (isNew && store.count(tx, user) >= MAX_DATA) {
                throw forbidden("This account holds too much account data");
            }
            put(tx, user, room, datum);
        });
        return Response.empty();
    }

    private static void refuseIfServedElsewhere(String type) {
        if (SERVED_ELSEWHERE.contains(type)) {
            throw error(ErrorCode.M_BAD_JSON, type + " is not set here, but by its own endpoint")
                    .withStatus(405);
        }
    }

    private Response deleteGlobal(ClientRequest request) {
        return delete(request, Optional.empty());
    }

    private Response deleteInRoom(ClientRequest request) {
        return delete(request, Optional.of(request.roomId()));
    }

    private Response delete(ClientRequest request, Optional<RoomId> room) {
        var user = request.ownUserId();
        var type = request.path("type");
        refuseIfServedElsewhere(type);
        database.change(tx -> remove(tx, user, room, type));
        return Response.empty();
    }

    private Response tags(ClientRequest request) {
        var user = request.ownUserId();
        var room = request.roomId();
        return Response.json(
                JsonObject.of("tags", database.read(reading -> tags(reading, user, room))));
    }

    private JsonObject tags(Reading reading, UserId user, RoomId room) {
        return store.find(reading, user, Optional.of(room), TAGS)
                .flatMap(content -> content.peekObject("tags"))
                .orElse(JsonObject.EMPTY);
    }

    /// TAG-1: the order is stored as it is given, a fraction too.
    private Response putTag(ClientRequest request) {
        var tag = request.path("tag");
        if (tag.isEmpty() || tag.getBytes(StandardCharsets.UTF_8).length > MAX_TAG_BYTES) {
            throw invalidParam("A tag has 1 to 255 bytes");
        }
        var body = request.body();
        return changeTags(request, tags -> withTag(tags, tag, body));
    }

    private static JsonObject withTag(JsonObject tags, String tag, JsonObject content) {
        if (tags.size() >= MAX_TAGS && !tags.has(tag)) {
            throw forbidden("This room has " + MAX_TAGS + " tags already");
        }
        return tags.with(tag, content);
    }

    private Response deleteTag(ClientRequest request) {
        var tag = request.path("tag");
        return changeTags(request, tags -> tags.without(tag));
    }

    private Response changeTags(ClientRequest request, UnaryOperator<JsonObject> change) {
        var user = request.ownUserId();
        var room = request.roomId();
        database.change(tx -> {
            var tags = change.apply(tags(tx, user, room));
            put(tx, user, Optional.of(room), new AccountDatum(TAGS, JsonObject.of("tags", tags)));
        });
        return Response.empty();
    }
}
