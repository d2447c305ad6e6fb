/// The database and the blobs: what is acknowledged survives the plug.
///
/// One writer: every change goes through [Database#transact], which runs one transaction at a time,
/// appends its record to the journal, commits in H2 and returns without waiting for the disk. What
/// waits is the gate, [Database#settle]: it is passed before the first byte of any answer, and of
/// any request to another server, leaves. Nothing that touches these files is ever interrupted.
///
/// Statements are deterministic: no clock, random number, generated key or result of a function of
/// the engine in SQL; everything comes in as a parameter, so that replaying the journal gives the
/// same rows. Only classes named `…Store` hold SQL. Start at [Database].
package dev.hearth.storage;
