/// The HTTP server: listener, router and the table of endpoints; requests by who may make them;
/// answers, errors, CORS and limits. It knows HTTP and tokens, and nothing of rooms.
///
/// An endpoint is one line in a feature's `declare(Routes)`; the section in which it stands decides
/// who may call it and which [Request] its handler is given. Every answer passes the database's
/// gate before its first byte leaves. Start at [Routes].
package dev.hearth.http;
