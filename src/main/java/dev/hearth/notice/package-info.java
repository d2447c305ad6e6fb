/// What those who run the server tell its users: in a room of each user's own, in the server's
/// name. Which room that is follows from the invite, in whose transaction it is written down. A
/// user's lock is taken before a room's. Start at [Notices].
package dev.hearth.notice;
