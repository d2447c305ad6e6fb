/// `/sync`: everything that is new for a device, in one answer. One class per section of the
/// answer.
///
/// The one assumption: a position is visible only after all lower ones. A sync reads its upper mark
/// first and cuts every section at it, so that two syncs after one another neither miss nor repeat
/// anything. It never holds a database connection while it waits.
///
/// An incremental sync looks into those rooms alone in which something may have happened: each
/// feature names them from memory, and only for a token older than that memory all of the user's
/// rooms are looked through. A room is mentioned if the filter leaves something of it, or if what
/// clients show beside the events is another: who is in it, how much is unread.
///
/// What a device was told before (members, for one) counts only if it presents a token of that
/// answer or a later one; an answer that got lost is told again in full.
///
/// Start at [Sync], then [RoomsSection]: which rooms are told, and under what. What there was
/// before `/sync` is [OldSync]; rooms are watched from outside by it.
package dev.hearth.sync;
