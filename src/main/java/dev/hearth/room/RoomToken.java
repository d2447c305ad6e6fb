package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;

import java.util.regex.Pattern;

/// A place in the history of rooms, as clients name it: ours begins with a `t`. Those of `/sync`,
/// with which clients begin, are understood as well (READ-2, READ-10).
public final class RoomToken {

    private static final Pattern GRAMMAR = Pattern.compile("[st]([0-9]{1,18})(_[0-9]{1,18})?");

    private RoomToken() {}

    /// The name of the place right after a position.
    public static String of(long position) {
        return "t" + Math.max(0, position);
    }

    /// The position that a token names.
    ///
    /// @throws dev.hearth.error.MatrixException if it is none of ours
    public static long position(String token) {
        var matcher = GRAMMAR.matcher(token);
        if (!matcher.matches()) {
            throw invalidParam("This is no token that the server gave out");
        }
        return Long.parseLong(matcher.group(1));
    }
}
