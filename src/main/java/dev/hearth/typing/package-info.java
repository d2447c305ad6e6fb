/// Who is typing, in which room, until when. It is in memory alone and bounded; a restart forgets
/// it.
///
/// Each change of a room takes a position under the database's one writer, and the room's record is
/// replaced before that position becomes visible, so that no `/sync` can pass it by. Start at
/// [Typing].
package dev.hearth.typing;
