/// Presence: who is there, as their clients say and as is seen from their syncs.
///
/// A user is as their liveliest device is (PRES-5). What is known lies in memory ([UserPresence]),
/// and changes without a lock by comparing and replacing; each change that others see then takes a
/// position of the one counter, and those who share a room are woken once a second, all changes of
/// that time together. Only whether a user was there at all, and the words they set, are written
/// down, so that a restart makes nobody flicker. Start at [Presence].
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#presence Presence
package dev.hearth.presence;
