package dev.hearth.bench;

import dev.hearth.bench.Connection.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Somebody who is in many rooms, with a long past in one of them: what it costs to begin, to look
/// whether there is anything new, to read on backwards, and to look for a word.
final class ManyRooms {

    private static final int ROOMS = 200;
    private static final int PAGE = 100;

    /// One in so many messages has the rare word.
    private static final int RARE = 500;

    private final Registrar registrar;
    private final int events;

    ManyRooms(Registrar registrar, int events) {
        this.registrar = registrar;
        this.events = events;
    }

    void measure() {
        try (var person = registrar.register();
                var other = registrar.register()) {
            var rooms = fill(person, other);
            var name = ROOMS + " rooms, " + events + " events";
            Bench.row("initial sync, " + name, Times.ofAnswers(20, () -> person.raw("timeout=0")));
            var since = person.sync("timeout=0").string("next_batch");
            Bench.row(
                    "sync with nothing new, " + ROOMS + " rooms",
                    Times.ofAnswers(300, () -> person.raw("timeout=0&since=" + since)));
            pages(person, rooms.getFirst());
            Bench.row(
                    "a word that is rare in " + events + " events",
                    Times.ofAnswers(20, () -> person.search("marmalade")));
            Bench.row(
                    "a word that is in all of them",
                    Times.ofAnswers(20, () -> person.search("breakfast")));
        }
    }

    /// Half of it is said in the first room, the rest all over.
    private List<String> fill(Person person, Person other) {
        var rooms = new ArrayList<String>();
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(person.createRoom("public_chat"));
            other.join(rooms.getLast());
        }
        for (int i = 0; i < events; i++) {
            var room = i % 2 == 0 ? rooms.getFirst() : rooms.get(i / 2 % ROOMS);
            other.say(room, "breakfast " + i + (i % RARE == 0 ? " with marmalade" : ""));
        }
        return rooms;
    }

    /// From the newest event of a room to its first.
    private static void pages(Person person, String room) {
        var times = new Times(10_000);
        var from = Optional.<String>empty();
        do {
            var at = from;
            var answer = new Answer[1];
            times.time(() -> answer[0] = person.messages(room, at, PAGE));
            from = answer[0].ok().findString("end");
        } while (from.isPresent());
        Bench.row("a page of " + PAGE + " events of the longest room", times.summary());
    }
}
