package dev.hearth.http;

import java.util.Optional;

/// One row of the table of endpoints.
///
/// @param bodyLimit how many bytes a request's body may have
record Route(
        String method, String template, Endpoint endpoint, Optional<Limit> limit, int bodyLimit) {}
