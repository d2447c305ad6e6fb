/// `/sync`: everything that is new for a device, in one answer. One class per section of the
/// answer.
///
/// The one assumption: a position is visible only after all lower ones. A sync reads its upper mark
/// first and cuts every section at it, so that two syncs after one another neither miss nor repeat
/// anything. It never holds a database connection while it waits. Start at [Sync].
package dev.hearth.sync;
