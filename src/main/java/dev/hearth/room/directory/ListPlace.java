package dev.hearth.room.directory;

import static dev.hearth.error.MatrixException.invalidParam;

import java.util.regex.Pattern;

/// A place in the list of public rooms, and in which direction a client goes on from it: `n`
/// towards the smaller rooms, `p` back towards the larger ones. It names a room and its size, so it
/// holds while other rooms come, go and grow.
///
/// @param room its number; the room itself is not among what follows
record ListPlace(Direction direction, long joined, long room) {

    /// Where the list begins.
    static final ListPlace START = new ListPlace(Direction.ONWARDS, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final Pattern GRAMMAR = Pattern.compile("([np])([0-9]{1,18})_([0-9]{1,18})");

    enum Direction {
        ONWARDS,
        BACK
    }

    static ListPlace parse(String token) {
        var matcher = GRAMMAR.matcher(token);
        if (!matcher.matches()) {
            throw invalidParam("since: this is no token that the server gave out");
        }
        return new ListPlace(
                matcher.group(1).equals("n") ? Direction.ONWARDS : Direction.BACK,
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)));
    }

    static ListPlace after(PublishedRoomStore.Published row) {
        return new ListPlace(Direction.ONWARDS, row.joined(), row.room());
    }

    static ListPlace before(PublishedRoomStore.Published row) {
        return new ListPlace(Direction.BACK, row.joined(), row.room());
    }

    @Override
    public String toString() {
        var letter =
                switch (direction) {
                    case ONWARDS -> "n";
                    case BACK -> "p";
                };
        return letter + joined + "_" + room;
    }
}
