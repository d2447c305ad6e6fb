/// The language that tests speak: a homeserver on a real port ([TestHomeserver]), users of it
/// ([TestUser]), waiting on conditions, and rooms that are told without a server ([RoomScript]).
package dev.hearth.testing;
