/// Ed25519 keys, signed JSON, hashes of events, and the base64 that all of them are written in.
///
/// BouncyCastle's lightweight API signs fifteen times as fast as the JDK's, so it is used for
/// Ed25519; SHA-256 and HMAC-SHA1 are the JDK's. We sign only what we built ourselves.
package dev.hearth.signing;
