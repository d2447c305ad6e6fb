package dev.hearth.notification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What should be unread, found out the slow way: by looking at each event for each user.
final class UnreadModel {

    static final String MAIN = "main";
    static final String ALL = "";

    private final List<Said> events = new ArrayList<>();

    /// By user: by thread, or [#ALL], up to which event they have read.
    private final Map<String, Map<String, Integer>> marks = new HashMap<>();

    /// @param relation its kind, empty if it relates to nothing
    /// @param notified who is
    /// @param highlighted who is; they are notified too
    record Said(
            String id,
            String sender,
            String relation,
            int parent,
            Set<String> notified,
            Set<String> highlighted) {}

    int size() {
        return events.size();
    }

    Said get(int index) {
        return events.get(index);
    }

    void say(Said event) {
        events.add(event);
        mark(event.sender(), threadOf(events.size() - 1), events.size() - 1);
    }

    void join(String user) {
        events.add(new Said("", user, "", 0, Set.of(), Set.of()));
        mark(user, ALL, events.size() - 1);
    }

    void mark(String user, String thread, int index) {
        marks.computeIfAbsent(user, _ -> new HashMap<>()).merge(thread, index, Math::max);
    }

    /// The root of its thread, or `main`: a thread's relations count over three hops.
    String threadOf(int index) {
        int here = index;
        for (int hops = 0; hops <= 3; hops++) {
            var event = events.get(here);
            if (event.relation().isEmpty()) {
                return MAIN;
            }
            if (event.relation().equals("m.thread")) {
                return events.get(event.parent()).id();
            }
            here = event.parent();
        }
        return MAIN;
    }

    /// Counts by thread, without those that are zero.
    Map<String, String> unread(String user, Set<String> ignored) {
        var counts = new TreeMap<String, int[]>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            var thread = threadOf(i);
            if (isUnread(user, thread, i)
                    && !event.sender().equals(user)
                    && !ignored.contains(event.sender())
                    && event.notified().contains(user)) {
                var count = counts.computeIfAbsent(thread, _ -> new int[2]);
                count[0]++;
                count[1] += event.highlighted().contains(user) ? 1 : 0;
            }
        }
        var found = new TreeMap<String, String>();
        counts.forEach((thread, count) -> found.put(thread, count[0] + "/" + count[1]));
        return found;
    }

    private boolean isUnread(String user, String thread, int index) {
        var read = marks.getOrDefault(user, Map.of());
        return index > Math.max(read.getOrDefault(ALL, -1), read.getOrDefault(thread, -1));
    }
}
