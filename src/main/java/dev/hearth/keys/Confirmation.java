package dev.hearth.keys;

import dev.hearth.http.ClientRequest;

/// Makes sure that a person confirms what a request does.
@FunctionalInterface
public interface Confirmation {

    /// Returns if the request shows that its user confirmed it.
    ///
    /// @throws dev.hearth.error.MatrixException that says what is still needed
    void confirm(ClientRequest request);
}
