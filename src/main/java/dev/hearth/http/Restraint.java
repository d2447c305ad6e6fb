package dev.hearth.http;

/// What an administrator keeps a user from.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#account-moderation Account moderation
public enum Restraint {
    NONE,
    /// The user reads and tidies up, and says nothing to others.
    SUSPENDED,
    /// The user may log out.
    LOCKED
}
