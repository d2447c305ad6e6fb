/// The database.
///
/// One writer: every change goes through [Database#transact], which runs one transaction at a time,
/// commits in H2 and returns without waiting for the disk. What waits is the gate,
/// [Database#settle]: it is passed before the first byte of any answer leaves. Today it forces H2's
/// own file, so an answered change survives the end of the process; the journal and the barrier
/// that make a power cut harmless are still to be built.
///
/// Statements are deterministic: no clock, random number, generated key or result of a function of
/// the engine in SQL; everything comes in as a parameter, so that a journal can replay them. Only
/// classes named `…Store` hold SQL. Start at [Database].
package dev.hearth.storage;
