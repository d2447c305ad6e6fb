package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.RelationStore.Listed;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The threads of a room, those with the latest news first (REL-10).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#querying-threads-in-a-room Querying
///   threads in a room
final class ThreadEndpoints {

    private static final String THREADS = "/rooms/{roomId}/threads";
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;
    private static final int MIN_BATCH = 10;
    private static final int MAX_BATCH = 50;
    private static final int MAX_STEPS = 1_000;

    private final Rooms rooms;

    ThreadEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .get("/_matrix/client/v1" + THREADS, this::threads)
                .get("/_matrix/client/unstable/org.matrix.msc3856" + THREADS, this::threads);
    }

    private enum Include {
        ALL,
        PARTICIPATED
    }

    private Response threads(ClientRequest request) {
        var include = include(request);
        int limit = Math.min(request.queryNumber("limit").orElse(DEFAULT_LIMIT), MAX_LIMIT);
        long from = request.query("from").map(RoomToken::position).orElse(Long.MAX_VALUE);
        return rooms.database()
                .read(reading -> {
                    var view = RoomView.of(rooms, reading, request);
                    var search = new Search(reading, view.reader(request), include, limit);
                    return Response.json(search.from(view.room(), from));
                });
    }

    private static Include include(ClientRequest request) {
        return switch (request.query("include").orElse("all")) {
            case "all" -> Include.ALL;
            case "participated" -> Include.PARTICIPATED;
            default -> throw invalidParam("include: expected all or participated");
        };
    }

    /// A look for a page of threads.
    private final class Search {
        private final Reading reading;
        private final Reader reader;
        private final Set<UserId> ignored;
        private final Include include;
        private final int limit;
        private final List<JsonObject> found = new ArrayList<>();

        Search(Reading reading, Reader reader, Include include, int limit) {
            this.reading = reading;
            this.reader = reader;
            this.ignored = rooms.visibility().ignoredBy(reading, reader.user());
            this.include = include;
            this.limit = limit;
        }

        JsonObject from(long room, long from) {
            long at = from;
            int size = Math.clamp(limit + 1, MIN_BATCH, MAX_BATCH);
            for (int steps = 0; steps < MAX_STEPS; steps += size) {
                var batch = rooms.tables().relations().threads(reading, room, at, size);
                var roots = roots(batch);
                for (int i = 0; i < roots.size(); i++) {
                    if (found.size() == limit) {
                        return page().with("next_batch", RoomToken.of(at));
                    }
                    at = batch.get(i).latest() - 1;
                    roots.get(i).stream().filter(this::isWanted).forEach(found::add);
                }
                if (batch.size() < size) {
                    return page();
                }
            }
            return page().with("next_batch", RoomToken.of(at));
        }

        private JsonObject page() {
            return JsonObject.of("chunk", JsonArray.from(found));
        }

        /// The root of each thread; none where the reader may not see it.
        private List<List<JsonObject>> roots(List<Listed> batch) {
            var known = rooms.events().findAll(reading, batch.stream().map(Listed::root).toList());
            var visible =
                    reader.seen(rooms, reading, Set.of(), List.copyOf(known.values())).stream()
                            .map(this::unlessIgnored)
                            .toList();
            var shown = new BundledEvents(rooms).full(reading, reader, visible);
            return batch.stream().map(thread -> only(shown, thread.root())).toList();
        }

        private static List<JsonObject> only(List<JsonObject> shown, EventId root) {
            return shown.stream()
                    .filter(event -> event.string("event_id").equals(root.value()))
                    .toList();
        }

        private Seen unlessIgnored(Seen root) {
            return ignored.contains(root.event().pdu().sender())
                    ? new Seen(root.event().erased(), root.membership())
                    : root;
        }

        /// A thread of which the reader may see nothing is none to them.
        private boolean isWanted(JsonObject root) {
            return root.path("unsigned", "m.relations", Relation.THREAD)
                    .map(JsonObject.class::cast)
                    .filter(thread ->
                            include == Include.ALL || thread.isTrue("current_user_participated"))
                    .isPresent();
        }
    }
}
