package dev.hearth.sync;

import static dev.hearth.error.MatrixException.invalidParam;

import java.util.regex.Pattern;

/// Where a sync ended: `s` and a position of the one counter; behind an underscore the position up
/// to which to-device messages were told, where that section was cut short.
///
/// @param position everything up to here was told
/// @param toDevice up to where to-device messages were told
record SyncToken(long position, long toDevice) {

    /// The start of an initial sync.
    static final SyncToken NOTHING = new SyncToken(0, 0);

    private static final Pattern GRAMMAR = Pattern.compile("s([0-9]{1,18})(_([0-9]{1,18}))?");

    static SyncToken parse(String text) {
        var matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw invalidParam("since is not a token that a sync gave out");
        }
        long position = Long.parseLong(matcher.group(1));
        var rest = matcher.group(3);
        long toDevice = rest == null ? position : Long.parseLong(rest);
        if (toDevice > position) {
            throw invalidParam("since is not a token that a sync gave out");
        }
        return new SyncToken(position, toDevice);
    }

    @Override
    public String toString() {
        return toDevice == position ? "s" + position : "s" + position + "_" + toDevice;
    }
}
