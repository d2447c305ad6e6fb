package dev.hearth.roomversion;

/// How events are named.
public enum EventIdFormat {
    /// By the sender's server: an opaque text and its name.
    CHOSEN,
    /// By their reference hash in standard base64, which has slashes.
    HASH_STANDARD_BASE64,
    /// By their reference hash in URL-safe base64.
    HASH_URL_SAFE_BASE64
}
