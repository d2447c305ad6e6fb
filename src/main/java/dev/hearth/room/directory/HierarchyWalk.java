package dev.hearth.room.directory;

import dev.hearth.event.CreateContent;
import dev.hearth.event.EventType;
import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A walk through what a space leads to, depth first: each room comes before what it leads to, and
/// comes once (SP-1, SP-4).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy
///   Retrieve a portion of a space tree
final class HierarchyWalk {

    /// More rooms than this are looked at by no walk, in all its pages.
    private static final int MAX_ROOMS = 5_000;

    /// What can't be seen is passed over, so many times in one page.
    private static final int MAX_STEPS = 500;

    private static final int MAX_CHILDREN = 1_000;

    private final Rooms rooms;
    private final Viewer viewer;
    private final Progress progress;

    HierarchyWalk(Rooms rooms, Viewer viewer, Progress progress) {
        this.rooms = rooms;
        this.viewer = viewer;
        this.progress = progress;
    }

    /// What a walk was asked for.
    record Wish(boolean suggestedOnly, int maxDepth) {}

    /// A room that is still to be looked at.
    private record Step(RoomId room, int depth) {}

    /// How far a walk has come. A page goes on from a copy, so that a client can repeat it.
    static final class Progress {
        private final Wish wish;
        private final ArrayDeque<Step> open;
        private final Set<RoomId> seen;

        private Progress(Wish wish, ArrayDeque<Step> open, Set<RoomId> seen) {
            this.wish = wish;
            this.open = open;
            this.seen = seen;
        }

        static Progress from(RoomId root, Wish wish) {
            var open = new ArrayDeque<Step>();
            open.push(new Step(root, 0));
            return new Progress(wish, open, new HashSet<>());
        }

        Progress copy() {
            return new Progress(wish, new ArrayDeque<>(open), new HashSet<>(seen));
        }

        Wish wish() {
            return wish;
        }

        boolean isDone() {
            return open.isEmpty() || seen.size() >= MAX_ROOMS;
        }

        long weight() {
            return 1L + open.size() + seen.size();
        }
    }

    /// The next rooms.
    List<JsonObject> page(Reading reading, int limit) {
        var found = new ArrayList<JsonObject>();
        for (int i = 0; i < MAX_STEPS && found.size() < limit && !progress.isDone(); i++) {
            var step = progress.open.pop();
            if (progress.seen.add(step.room())) {
                visit(reading, step).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<JsonObject> visit(Reading reading, Step step) {
        return rooms.find(reading, step.room())
                .map(room -> RoomSummary.of(rooms, reading, room))
                .filter(viewer::maySee)
                .map(summary -> enter(reading, summary, step));
    }

    private JsonObject enter(Reading reading, RoomSummary summary, Step step) {
        var children = children(reading, summary);
        if (step.depth() < progress.wish.maxDepth()) {
            for (var child : children.reversed()) {
                progress.open.push(new Step(child.room(), step.depth() + 1));
            }
        }
        return summary.json(rooms, reading)
                .put("children_state", SpaceChild.json(children))
                .build();
    }

    private List<SpaceChild> children(Reading reading, RoomSummary summary) {
        if (summary.type().filter(CreateContent.SPACE::equals).isEmpty()) {
            return List.of();
        }
        long room = summary.room().number();
        var events = rooms.currentState(reading, room, EventType.SPACE_CHILD, MAX_CHILDREN);
        return SpaceChild.of(events, progress.wish.suggestedOnly());
    }
}
