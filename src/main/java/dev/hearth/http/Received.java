package dev.hearth.http;

import dev.hearth.error.MatrixException;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What requests of every access level have in common: it fills the methods of [Request].
abstract sealed class Received permits Received.ByAnybody, Received.ByUser {

    private final Incoming incoming;
    private final Map<String, String> parameters;
    private final byte[] bytes;

    private Received(Incoming incoming, Map<String, String> parameters, byte[] bytes) {
        this.incoming = incoming;
        this.parameters = parameters;
        this.bytes = bytes;
    }

    public String method() {
        return incoming.method();
    }

    public String rawPath() {
        return incoming.rawPath();
    }

    public String path(String name) {
        var value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the template has no parameter " + name);
        }
        return value;
    }

    public Optional<String> query(String name) {
        return incoming.query().first(name);
    }

    public List<String> queryAll(String name) {
        return List.copyOf(incoming.query().all(name));
    }

    public JsonObject body() {
        return JsonReader.readObject(bytes);
    }

    public JsonObject bodyOrEmpty() {
        return bytes.length == 0 ? JsonObject.EMPTY : body();
    }

    public String clientAddress() {
        return incoming.clientAddress();
    }

    public Optional<String> header(String name) {
        return incoming.header(name);
    }

    public boolean queryFlag(String name, boolean otherwise) {
        var value = query(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        return switch (value.get()) {
            case "true" -> true;
            case "false" -> false;
            case String _ -> throw MatrixException.invalidParam(name + " must be true or false");
        };
    }

    public OptionalInt queryNumber(String name) {
        var value = query(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        var digits = value.get();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw MatrixException.invalidParam(name + " must be a whole number, not negative");
        }
        // A number beyond what fits asks for as much as there is.
        return OptionalInt.of(digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits));
    }

    static final class ByAnybody extends Received implements OpenRequest {

        private final Authenticator authenticator;
        private final Optional<String> token;

        ByAnybody(
                Incoming incoming,
                Map<String, String> parameters,
                byte[] bytes,
                Authenticator authenticator) {
            super(incoming, parameters, bytes);
            this.authenticator = authenticator;
            this.token = incoming.accessToken();
        }

        @Override
        public Optional<Requester> requester() {
            try {
                return token.map(authenticator::authenticate)
                        .filter(known -> known.restraint() != Restraint.LOCKED);
            } catch (MatrixException _) {
                return Optional.empty();
            }
        }
    }

    static final class ByUser extends Received implements ClientRequest {

        private final Requester requester;
        private final String accessToken;

        ByUser(
                Incoming incoming,
                Map<String, String> parameters,
                byte[] bytes,
                Requester requester,
                String accessToken) {
            super(incoming, parameters, bytes);
            this.requester = requester;
            this.accessToken = accessToken;
        }

        @Override
        public Requester requester() {
            return requester;
        }

        @Override
        public String accessToken() {
            return accessToken;
        }
    }
}
