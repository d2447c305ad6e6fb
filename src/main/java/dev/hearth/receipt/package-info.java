/// How far users have read: public and private receipts, unthreaded and per thread; the own sends,
/// which imply having read; and the read marker, which is room account data.
///
/// One row per user, room, type and thread, and none ever moves backwards. Which thread an event
/// belongs to is found by [Threads]. Start at [Receipts].
package dev.hearth.receipt;
