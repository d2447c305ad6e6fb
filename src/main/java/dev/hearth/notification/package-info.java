/// What an event is to those who read it: push rules, and the unread counts that follow from them.
///
/// Nothing is written per member: a room's notifying events carry a running count, so that what is
/// unread after a receipt is the difference of two look-ups. Rows of a user tell only what an event
/// is to them beyond that: because it names them, or because of rules of their own.
///
/// An event is judged once, in the transaction that brings it, by the rules and the room as they
/// are then. Rules that change later change no count: [Changeover]. Ignoring is applied on reading.
///
/// What is used by the writer alone needs no lock: there is one transaction at a time. Start at
/// [Notifications]; how an event is judged is in [Counting].
package dev.hearth.notification;
