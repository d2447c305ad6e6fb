/// Rooms: their events, their state, who is in them, and what users do to them.
///
/// A room's lock serializes its sends; it is taken before the database's writer and never waits for
/// the disk. What is current of an active room (its state but for members, its newest event) is
/// kept in memory and changes right after the commit. Start at [Rooms].
package dev.hearth.room;
