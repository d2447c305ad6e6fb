package dev.hearth.bench;

import static dev.hearth.testing.TestClient.escape;

import java.util.concurrent.atomic.AtomicInteger;

/// A room with very many members beside one with few: what a message and a sync cost must not
/// differ.
final class LargeRoom {

    private static final int MESSAGES = 500;
    private static final int AT_ONCE = 16;
    private static final String LAZY =
            "&filter=" + escape("{\"room\":{\"state\":{\"lazy_load_members\":true}}}");

    private final Registrar registrar;
    private final Load load;
    private final Machine machine;
    private final int members;

    LargeRoom(Registrar registrar, Load load, Machine machine, int members) {
        this.registrar = registrar;
        this.load = load;
        this.machine = machine;
        this.members = members;
    }

    void measure() {
        try (var sender = registrar.register();
                var reader = registrar.register();
                var newcomer = registrar.register()) {
            var small = sender.createRoom("public_chat");
            var large = sender.createRoom("public_chat");
            reader.join(small);
            reader.join(large);
            populate(large);
            for (var room : new String[] {small, large}) {
                var name = "room of " + (room.equals(small) ? 2 : members + 2);
                send(sender, room, "a message, " + name);
                Bench.row(
                        "to the other's long poll, " + name,
                        load.delivery(sender, reader, room, MESSAGES).summary());
            }
            syncs(sender, reader, newcomer, large);
        }
    }

    private void populate(String room) {
        var left = new AtomicInteger(members);
        Load.inParallel(
                Math.min(AT_ONCE, members),
                _ -> {
                    while (left.getAndDecrement() > 0) {
                        try (var member = registrar.register()) {
                            member.join(room);
                        }
                    }
                });
    }

    private void send(Person sender, String room, String name) {
        var times = new Times(MESSAGES);
        var used =
                machine.processorMicrosOfEach(() -> {
                    for (int i = 0; i < MESSAGES; i++) {
                        times.time(() -> sender.say(room, "a large room is no dearer"));
                    }
                    return MESSAGES;
                });
        Bench.row(name, times.summary());
        if (used.isPresent()) {
            Bench.row("processor time of it", used, "microseconds");
        }
    }

    private void syncs(Person sender, Person reader, Person newcomer, String room) {
        var name = ", room of " + (members + 2);
        Bench.row(
                "initial sync, lazy" + name,
                Times.ofAnswers(20, () -> reader.raw("timeout=0" + LAZY)));
        Bench.row(
                "initial sync, all members" + name,
                Times.ofAnswers(5, () -> reader.raw("timeout=0")));
        var since = reader.sync("timeout=0" + LAZY).string("next_batch");
        sender.say(room, "the only news");
        Bench.row(
                "sync of one message, lazy" + name,
                Times.ofAnswers(50, () -> reader.raw("timeout=0&since=" + since + LAZY)));
        var joining = new Times(1);
        joining.time(() -> newcomer.join(room));
        Bench.row("joining" + name, joining.summary());
    }
}
