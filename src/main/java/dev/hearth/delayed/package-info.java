/// Delayed events: what users want to have sent at a later time, unless they say otherwise until
/// then. A call's client plans its own leaving so, and puts it off as long as it lives.
///
/// A row is finalized, by being sent, cancelled or refused, in the very transaction that sends: so
/// nothing is sent twice or lost, wherever the server is killed. What was due while it was down is
/// sent when it starts. One thread sends what is due, in order ([dev.hearth.concurrent.Alarm]).
///
/// Locks: sending takes the room's lock, then the writer; planning and cancelling only the writer.
/// Start at [DelayedEvents].
///
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4140 MSC4140: Cancellable delayed
///   events
package dev.hearth.delayed;
