package dev.hearth.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// People who send as fast as they are answered.
final class Load {

    static final int PEOPLE = 64;
    static final int ROOMS = 20;

    private static final String TEXT = "Shall we meet at the lake at seven, or is that too early? ";

    private final URI server;
    private final List<Person> people = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();

    Load(URI server, Registrar registrar) {
        this.server = server;
        for (int i = 0; i < PEOPLE; i++) {
            people.add(registrar.register());
        }
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(people.getFirst().createRoom("public_chat"));
        }
        for (int i = 1; i < PEOPLE; i++) {
            people.get(i).join(rooms.getFirst());
            if (i % ROOMS != 0) {
                people.get(i).join(rooms.get(i % ROOMS));
            }
        }
    }

    Person person(int i) {
        return people.get(i);
    }

    String room(int i) {
        return rooms.get(i);
    }

    /// Messages acknowledged a second, while so many send, in one room or in twenty.
    long perSecond(int senders, boolean oneRoom, Duration window) {
        long until = System.nanoTime() + window.toNanos();
        var sent = new AtomicInteger();
        long before = System.nanoTime();
        inParallel(
                senders,
                i -> {
                    var room = oneRoom ? rooms.getFirst() : rooms.get(i % ROOMS);
                    while (System.nanoTime() < until) {
                        people.get(i).say(room, TEXT);
                        sent.incrementAndGet();
                    }
                });
        return sent.get() * 1_000_000_000L / (System.nanoTime() - before);
    }

    /// Sends so many messages into the twenty rooms.
    void fill(int messages) {
        var left = new AtomicInteger(messages);
        inParallel(
                PEOPLE,
                i -> {
                    while (left.getAndDecrement() > 0) {
                        people.get(i).say(rooms.get(i % ROOMS), TEXT);
                    }
                });
    }

    /// How long a message takes from its sender to somebody's long poll, at a hundred a second.
    Times delivery(int messages) {
        return delivery(people.get(1), people.getFirst(), rooms.get(1), messages);
    }

    /// The same between two members of some room.
    Times delivery(Person sender, Person receiver, String room, int messages) {
        var times = new Times(messages);
        try (var reader = receiver.again(server)) {
            var since = reader.sync("timeout=0").string("next_batch");
            var reading = Thread.ofVirtual().start(() -> read(reader, since, messages, times));
            var pace = new Pace(100);
            for (int i = 0; i < messages; i++) {
                pace.await();
                sender.say(room, "at " + System.nanoTime());
            }
            join(reading);
        }
        return times;
    }

    private static void read(Person reader, String from, int messages, Times times) {
        var since = from;
        for (int seen = 0; seen < messages; ) {
            var answer = reader.sync("timeout=10000&since=" + since);
            long now = System.nanoTime();
            since = answer.string("next_batch");
            int before = seen;
            for (var room : answer.findObject("rooms").stream().toList()) {
                for (var id : room.object("join").keys()) {
                    var timeline = room.object("join").object(id).object("timeline");
                    for (var event : timeline.array("events").objects()) {
                        var body = event.object("content").string("body");
                        times.add(now - Long.parseLong(body.substring(3)));
                        seen++;
                    }
                }
            }
            if (seen == before) {
                return; // Nothing came for ten seconds: nothing will.
            }
        }
    }

    /// A task of one of many.
    @FunctionalInterface
    interface Task {
        void run(int i);
    }

    static void inParallel(int many, Task task) {
        var failures = new ArrayList<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < many; i++) {
            int mine = i;
            threads.add(
                    Thread.ofVirtual()
                            .uncaughtExceptionHandler((_, e) -> {
                                synchronized (failures) {
                                    failures.add(e);
                                }
                            })
                            .start(() -> task.run(mine)));
        }
        threads.forEach(Load::join);
        if (!failures.isEmpty()) {
            throw new IllegalStateException("a sender failed", failures.getFirst());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
