package dev.hearth.keys;

import dev.hearth.http.ClientRequest;
import dev.hearth.json.JsonObject;

/// Makes sure that a person confirms what a request does.
@FunctionalInterface
public interface Confirmation {

    /// Returns if the request shows that its user confirmed it.
    ///
    /// @throws dev.hearth.error.MatrixException that says what is still needed
    void confirm(ClientRequest request);

    /// What the request asks for, also where only an earlier one of the same session said it.
    default JsonObject wholeBody(ClientRequest request) {
        return request.body();
    }
}
