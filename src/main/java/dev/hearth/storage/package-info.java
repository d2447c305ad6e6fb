/// The database, and the promise that a change which was acknowledged survives the plug.
///
/// One writer: every change goes through [Database#transact], which runs one transaction at a time,
/// appends its statements to the journal, commits in H2 and returns without waiting for the disk.
/// What waits is the gate, [Database#settle]: before the first byte of any answer leaves,
/// everything committed until then is on the disk, by one force for all who wait. H2 is saved now
/// and then, and opening replays what came after: see [dev.hearth.storage.journal].
///
/// Invariants, each of which was learned by losing something in a trial:
/// - A record is appended to the journal before H2 commits, and every transaction of H2 has the
///   sequence number of its record in it ([Mark]): H2 saves when its memory is full, and not only
///   when asked. If the commit then fails, the process ends: replay decides.
/// - H2's picture of itself is taken only under the writer's permit ([H2Store]), and it compacts
///   its file only then.
/// - H2 never gets ahead of the journal, and its chunks become valid only when they are whole on
///   the disk ([BarrierFile]).
/// - Statements are deterministic: no clock, random number, generated key or result of a function
///   of the engine in SQL; everything comes in as a parameter. No change of the schema outside of
///   the migrations.
/// - An interrupt never reaches H2 or a file; nobody waits for the disk while holding the permit,
///   unless the disk is far behind.
///
/// Only classes named `…Store` hold SQL. Start at [Database], then [H2Database], [OnDisk] and
/// [OpenFolder].
package dev.hearth.storage;
