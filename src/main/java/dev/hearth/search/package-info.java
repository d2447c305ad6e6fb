/// Search: through the messages, names and topics of rooms, and for people.
///
/// **The index of words.** [Indexing] follows the events from its own stored cursor, in batches of
/// one transaction each, and notes for each [word][Words] of a room in which events it stands. A
/// crash loses none of that, and old data are caught up with. A request first sees to it that what
/// was said before it is indexed. Nothing is said of events in the index but their numbers: each
/// that is [found][Matches] is read again, and shown only if its words are still there and the user
/// may see it. What was redacted leaves the index.
///
/// **The directory of users** keeps the words of names and IDs in rows, which change with profiles
/// and memberships; see [UserDirectory].
///
/// Locks: one thread at a time indexes; it takes the database's writer within that.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#server-side-search Server side search
package dev.hearth.search;
