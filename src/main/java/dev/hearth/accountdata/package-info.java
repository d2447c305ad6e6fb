/// What clients keep with us for a user: account data, global and by room, the tags of rooms, and
/// the filters of `/sync`.
///
/// Each datum carries the position of its last change, so `/sync` tells what is newer than its
/// token. Start at [AccountData].
package dev.hearth.accountdata;
