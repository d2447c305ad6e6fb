package dev.hearth.http;

/// The table of endpoints, filled at start by the features. Templates are the specification's own,
/// letter for letter: `/_matrix/client/v3/rooms/{roomId}/messages`. What is declared under
/// `/_matrix/client/v3/` also answers under `/_matrix/client/r0/`.
public interface Routes {

    /// Endpoints for anybody.
    Section<OpenRequest> open();

    /// Endpoints for users, not for guests: a valid access token is needed.
    Section<ClientRequest> client();

    /// Endpoints for users and guests.
    Section<ClientRequest> guest();

    /// Endpoints of one access level.
    interface Section<R extends Request> {

        Section<R> get(String template, Handler<R> handler);

        Section<R> post(String template, Handler<R> handler);

        Section<R> put(String template, Handler<R> handler);

        Section<R> delete(String template, Handler<R> handler);

        /// The same section for endpoints that count towards a rate limit.
        Section<R> limited(Limit limit);

        /// The same section for what suspended users may not do (MOD-2); where anybody may call,
        /// there are none.
        Section<R> unlessSuspended();

        /// The same section for what locked users may do as well: to log out (MOD-1).
        Section<R> evenIfLocked();

        /// The same section for endpoints whose bodies may have another size than the usual 1 MiB.
        Section<R> bodiesUpTo(int bytes);
    }
}
