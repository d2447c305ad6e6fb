package dev.hearth.http;

/// Finds out whose a token is. Supplied by `account`.
@FunctionalInterface
public interface Authenticator {

    /// Whose token this is.
    ///
    /// @throws dev.hearth.error.MatrixException if it is nobody's or has expired
    Requester authenticate(String accessToken);

    /// A request of theirs came from this address, by a program of this name if it told one. It
    /// must be quick.
    default void seen(Requester requester, String clientAddress, String userAgent) {}
}
