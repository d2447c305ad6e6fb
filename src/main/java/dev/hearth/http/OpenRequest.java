package dev.hearth.http;

/// A request of anybody. A token may have come along: endpoints that tell a known user more can ask
/// for [#requester].
public non-sealed interface OpenRequest extends Request {

    /// Who asks, if a valid token came along; a wrong one is as none.
    java.util.Optional<Requester> requester();
}
