package dev.hearth.search;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds users by name or ID.
///
/// A user is found by the words of their ID and of the name in their profile; names that they have
/// in single rooms are nobody's business elsewhere. A change marks the user in its own transaction,
/// and the words are read before the next search.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#user-directory User directory
public final class UserDirectory {

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;
    private static final int LONGEST_TERM = 255;
    private static final int BATCH = 100;

    /// So many that answer to a term are looked at.
    private static final int CANDIDATES = 1_000;

    private final Database database;
    private final Rooms rooms;
    private final Rooms.Profile profile;
    private final boolean allUsers;
    private final PublicRooms publicRooms;
    private final DirectoryStore store = new DirectoryStore();

    /// @param allUsers whether everybody finds everybody
    public UserDirectory(Database database, Rooms rooms, Rooms.Profile profile, boolean allUsers) {
        this.database = database;
        this.rooms = rooms;
        this.profile = profile;
        this.allUsers = allUsers;
        this.publicRooms = new PublicRooms(rooms);
    }

    public void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .post("/_matrix/client/v3/user_directory/search", this::search);
    }

    /// There is a user, or they show themselves in another way.
    public void changed(Transaction tx, UserId user) {
        store.mark(tx, user);
    }

    /// There is no such user any more.
    public void removed(Transaction tx, UserId user) {
        store.delete(tx, user);
    }

    private Response search(ClientRequest request) {
        var body = request.body();
        var term = body.string("search_term");
        if (term.length() > LONGEST_TERM) {
            throw invalidParam("search_term: longer than " + LONGEST_TERM + " characters");
        }
        long wanted = body.findInteger("limit").orElse((long) DEFAULT_LIMIT);
        int limit = Math.clamp(wanted, 0, MAX_LIMIT);
        readWhatIsDue();
        var found =
                database.read(reading -> find(reading, request.user(), term.strip(), limit + 1));
        var shown = found.stream().limit(limit).map(DirectoryEntry::json).toList();
        return Response.json(
                JsonObject.of("results", JsonArray.from(shown), "limited", found.size() > limit));
    }

    private void readWhatIsDue() {
        boolean more = true;
        while (more) {
            var due = database.read(reading -> store.due(reading, BATCH));
            if (!due.isEmpty()) {
                database.change(tx -> due.forEach(user -> read(tx, user)));
            }
            more = due.size() == BATCH;
        }
    }

    private void read(Transaction tx, UserId user) {
        var shown = profile.of(tx, user);
        var entry =
                new DirectoryEntry(
                        user, shown.peekString("displayname"), shown.peekString("avatar_url"));
        store.put(tx, entry, entry.words());
    }

    private List<DirectoryEntry> find(Reading reading, UserId asking, String term, int limit) {
        return candidates(reading, term).stream()
                .filter(entry -> mayBeFound(reading, asking, entry.user()))
                .limit(limit)
                .toList();
    }

    /// UDIR-1: who shares a room with whoever asks, or is in a public one. That is how users see
    /// whether they themselves can be found by others.
    private boolean mayBeFound(Reading reading, UserId asking, UserId user) {
        return publicRooms.have(reading, user)
                || !user.equals(asking)
                        && (allUsers || rooms.companions().areTogether(reading, asking, user));
    }

    private record Ranked(DirectoryEntry entry, int rank) {}

    /// Who answers to a term, the best first.
    private List<DirectoryEntry> candidates(Reading reading, String term) {
        Map<UserId, DirectoryEntry> found = new LinkedHashMap<>();
        if (term.startsWith("@") || term.contains(":")) {
            var beginning = (term.startsWith("@") ? term : "@" + term).toLowerCase(Locale.ROOT);
            store.byId(reading, beginning, CANDIDATES)
                    .forEach(entry -> found.put(entry.user(), entry));
        }
        var wanted = Wanted.of(term);
        var ranked = new ArrayList<Ranked>();
        wanted.pieces().stream()
                .max(Comparator.comparingInt(String::length))
                .map(piece -> store.byWord(reading, piece, CANDIDATES))
                .orElse(List.of())
                .stream()
                .distinct()
                .forEach(entry -> ranked.add(new Ranked(entry, entry.rank(wanted))));
        ranked.stream()
                .filter(one -> one.rank() > 0)
                .sorted(Comparator.comparingInt(one -> -one.rank()))
                .forEach(one -> found.putIfAbsent(one.entry().user(), one.entry()));
        return List.copyOf(found.values());
    }
}
