/// The redo journal: what a transaction did, on the disk before the database itself is.
///
/// It lies in segments: files of one size, filled with zeros and forced when they are made, and
/// used again when the database has what they tell, since writing over a file costs a third of what
/// growing one does. A segment begins with a block that has its generation (higher for each use of
/// any segment) and the sequence number of its first record. A record is one transaction: length,
/// checksum, sequence number, and its statements as an index into the segment's own dictionary of
/// SQL texts with their parameters; so what replays a journal needs nothing of what wrote it.
///
/// Invariants:
/// - The checksum covers generation and sequence number, so that what an earlier use left in a
///   segment never passes as a record; and every opening begins a new segment, so that what was cut
///   off never does either.
/// - A record counts only if all before it are there: reading ends at the first bad one. A segment
///   is forced before the next one is written.
/// - One thread writes and forces, for all who wait: [Flusher]. Nobody else touches the disk, and
///   nobody is interrupted.
/// - A write or force that failed is final: what the disk then holds is unknown, so it is never
///   tried again. Everybody who waits is told, and so is whoever ends the process.
///
/// Start at [Journal].
package dev.hearth.storage.journal;
