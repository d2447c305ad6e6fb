package dev.hearth.http;

import java.util.Locale;

/// The kinds of rate limits, each with its own allowance. An endpoint names the one that it counts
/// towards.
public enum Limit {
    /// What has no kind of its own.
    GENERAL,
    LOGIN,
    /// At one user's password, from wherever they come.
    GUESSES,
    /// Tokens for one more device.
    LOGIN_TOKENS,
    REGISTRATION,
    MESSAGES,
    JOINS,
    INVITES,
    /// Creating rooms.
    ROOMS,
    KEYS,
    REPORTS;

    /// Its name in the settings.
    String kind() {
        return name().toLowerCase(Locale.ROOT);
    }
}
