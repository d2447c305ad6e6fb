package dev.hearth.http;

/// Finds out whose a token is. Supplied by `account`.
@FunctionalInterface
public interface Authenticator {

    /// Whose token this is.
    ///
    /// @throws dev.hearth.error.MatrixException if it is nobody's or has expired
    Requester authenticate(String accessToken);
}
