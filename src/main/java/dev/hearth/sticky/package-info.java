/// Sticky events: messages that for up to an hour reach everybody in their room, also whoever
/// begins to sync when much else was said since, and whoever joins later. Start at [StickyEvents].
///
/// Rows are written in the transaction that persists the event, and only for those that are sticky.
/// Which rooms have any is known in memory, so that others cost a sync nothing.
///
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4354 MSC4354: Sticky events
package dev.hearth.sticky;
