/// The disk, as the database sees it: files that are read and written at positions and forced, so
/// that a test can put a disk beneath it that forgets what was not forced.
///
/// Invariants: everything here is private to its user (files 0600, folders 0700), and an interrupt
/// of the calling thread neither closes a file under others nor fails the call. Start at [Disk].
package dev.hearth.storage.disk;
