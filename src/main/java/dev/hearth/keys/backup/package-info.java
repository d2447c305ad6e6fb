/// Key backup: room keys that a user's clients encrypted and left with us, so that a new device can
/// read old messages. The server sees who has a key for which room, and never the key.
///
/// A user has one current backup, the newest that was not deleted; only it is written to. Start at
/// [KeyBackup].
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups Server-side key
///   backups
package dev.hearth.keys.backup;
