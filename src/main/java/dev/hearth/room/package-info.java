/// Rooms: their events, their state, who is in them, and what users do to them. Start at [Rooms];
/// for how an event comes in at [Sending] and [RoomGraph]; for state at [RoomStates].
///
/// **Events** form a graph: each follows all that nothing followed when it was made, the room's
/// extremities. An [event][StoredEvent] has a number, which never changes and by which all else
/// refers to it, and a position once it is in the timeline; the two are equal but for what came as
/// an outlier. Only accepted events have positions and become extremities; soft-failed and rejected
/// ones keep their states for what is built on them.
///
/// **State** is kept as snapshots that are differences from one another ([StateSnapshots]). Each
/// event names three: the state before it, the state after it, and what was current in the room as
/// it entered the timeline. The current one is what the states after all extremities
/// [resolve][Resolution] to; its rows, the members and their numbers follow from how it
/// [changes][CurrentState], in the same transaction. What else depends on it
/// [listens][StateListener].
///
/// **Relations** between events are rows of their own, with tallies beside them, written with the
/// event and dissolved with its redaction ([Relations]); pages of events tell them as far as their
/// reader may see them ([BundledEvents]).
///
/// **What is written** is small: texts that come back are [words][WordStore] under numbers, an
/// [event's body][EventBody] is deflated after a dictionary. A message takes at most eight
/// statements, however large its room is.
///
/// **Locks.** A room's lock ([LiveRooms]) serializes its sends; it is taken before the database's
/// writer and never waits for the disk. Under it an event is decided, made, signed, judged and
/// packed on a reading, and only then written: the writer is held for the writing alone. Nothing
/// takes a room's lock within a transaction or a reading. What is current of an active room is kept
/// in memory and changes with the transaction; if that fails, the room is forgotten and read anew.
/// Only [an upgrade][RoomUpgrade] takes a second lock within a first: that of a room which nobody
/// else knows yet.
///
/// **What rooms don't know**, of guests, unwanted invites and users' settings, they ask and tell
/// their [neighbors][RoomNeighbors].
package dev.hearth.room;
