/// Finding rooms, and looking at them from outside: the list of public rooms, what a space leads
/// to, what a room is in short, and which rooms two users share. Start at [Directory].
///
/// **Invariants.** A room that is public has one row with its size and its entry of the list. The
/// row changes in the transaction that changes the room, so that a request works nothing out and
/// walks down an index.
///
/// **Locks.** It takes none.
package dev.hearth.room.directory;
