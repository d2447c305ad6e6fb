/// Which threads users want to hear of: subscriptions, made by them or by their clients, as MSC4306
/// has them.
///
/// A subscription that ended stays as a row: what a client wanted to subscribe to by itself before
/// that is not subscribed to again, and other clients hear that it ended. Start at [Subscriptions].
package dev.hearth.subscription;
