/// Tells push gateways what notified a user, and how much is unread: it delivers only, what
/// notifies is found by `notification`.
///
/// A [pusher][Pusher] has a place in the stream of events up to which its gateway was told; it is
/// stored with the time of the next try, so that a restart loses and repeats nothing but what was
/// under way. Each pusher has a [lane][Lane] of its own: in it things go in their order, and a slow
/// gateway keeps nobody else waiting. Nothing is sent within a transaction, and only what is on the
/// disk. Start at [Pushers]; what is sent when is in [Delivery].
package dev.hearth.push;
