/// Everything that waits: locks per key, news boards, permits, back-off and repeated work. It is
/// the only package that may use locks, conditions, semaphores or sleep; features see its nouns.
///
/// Invariants: no class here ever calls foreign code while it holds one of its own inner locks
/// (what the holder of a [KeyedLock] does is the holder's affair); memory doesn't grow with the
/// number of keys ever seen; and nobody is interrupted, since an interrupt would close the database
/// file under everybody. Waits end by news, by patience or by `close()`.
///
/// Lock order: room before destination. Room locks are never held across a call to another server.
/// Start at [KeyedLock] and [NewsBoard].
package dev.hearth.concurrent;
