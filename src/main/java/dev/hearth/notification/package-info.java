/// What an event is to those who read it: push rules, and the unread counts that follow from them.
///
/// Nothing is written per member: a room's notifying events carry a running count, so that what is
/// unread after a receipt is the difference of two look-ups. Only highlights are rows per user.
/// Start at [Notifications].
package dev.hearth.notification;
