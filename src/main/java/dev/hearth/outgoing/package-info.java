/// Requests to servers that others run: push gateways, other homeservers, application services,
/// pages to preview. Whom we ask may be slow, hostile, or our own neighbor; so every request has a
/// time limit for the whole of it and a limit for its answer's size, goes to no address of the deny
/// list whatever its name resolves to, and accepts a certificate for the name that was meant alone.
///
/// Every request passes the database's gate before its first byte leaves: what others learn of us
/// is on the disk. Never hold a lock while you wait for an answer. Start at [Outgoing].
package dev.hearth.outgoing;
