/// Local users: accounts, passwords, devices, tokens, and the user-interactive authentication that
/// guards what is dear.
///
/// Tokens are stored as digests only, passwords as Argon2id. Who must hear that a device is no more
/// registers a listener, which runs inside the transaction that removes it. Start at [Accounts].
package dev.hearth.account;
