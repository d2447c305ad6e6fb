/// What end-to-end encryption needs from a server: the keys of devices, the one-time keys by which
/// a conversation with a device begins, cross-signing keys, signatures, and who must be told when
/// any of these changed.
///
/// A one-time key is handed out once: it is taken away in the transaction that hands it out.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption End-to-End
///   Encryption
package dev.hearth.keys;
