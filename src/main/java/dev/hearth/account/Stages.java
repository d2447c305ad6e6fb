package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.configuration.Registration;
import dev.hearth.error.ErrorCode;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.outgoing.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stages of user-interactive authentication: what clients are told of each, and what is asked
/// in it (UIA-8).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#authentication-types Authentication types
final class Stages {

    static final String DUMMY = "m.login.dummy";
    static final String PASSWORD = "m.login.password";
    static final String REGISTRATION_TOKEN = "m.login.registration_token";
    static final String TERMS = "m.login.terms";
    static final String RECAPTCHA = "m.login.recaptcha";

    private final Accounts accounts;
    private final Registration settings;
    private final Optional<Recaptcha> recaptcha;

    Stages(Accounts accounts, Registration settings, Outgoing outgoing) {
        this.accounts = accounts;
        this.settings = settings;
        this.recaptcha = settings.recaptcha().map(set -> new Recaptcha(set, outgoing));
    }

    /// The ways to register. Where anybody may, who has a token may still use it: the first one
    /// makes the administrator.
    List<List<String>> toRegister() {
        var byToken = withTerms(List.of(REGISTRATION_TOKEN));
        return settings.enabled() ? List.of(freely(), byToken) : List.of(byToken);
    }

    private List<String> freely() {
        if (recaptcha.isPresent()) {
            return withTerms(List.of(RECAPTCHA));
        }
        return settings.terms().isEmpty() ? List.of(DUMMY) : List.of(TERMS);
    }

    private List<String> withTerms(List<String> stages) {
        if (settings.terms().isEmpty()) {
            return stages;
        }
        var all = new ArrayList<>(stages);
        all.add(TERMS);
        return List.copyOf(all);
    }

    /// What clients need to know for the stages of these flows.
    JsonObject params(List<List<String>> flows) {
        var params = JsonObject.builder();
        flows.stream()
                .flatMap(List::stream)
                .distinct()
                .forEach(stage -> {
                    switch (stage) {
                        case TERMS -> params.put(TERMS, JsonObject.of("policies", policies()));
                        case RECAPTCHA ->
                                settings.recaptcha()
                                        .map(set -> JsonObject.of("public_key", set.siteKey()))
                                        .ifPresent(known -> params.put(RECAPTCHA, known));
                        default -> {
                            // There is nothing to know.
                        }
                    }
                });
        return params.build();
    }

    private JsonObject policies() {
        var policies = JsonObject.EMPTY;
        for (var policy : settings.terms()) {
            var link = JsonObject.of("name", policy.name(), "url", policy.url());
            var others = policies.peekObject(policy.id()).orElse(JsonObject.EMPTY);
            policies =
                    policies.with(
                            policy.id(),
                            others.with("version", policy.version()).with(policy.language(), link));
        }
        return policies;
    }

    /// @throws dev.hearth.error.MatrixException if what is asked for isn't given
    void check(String stage, JsonObject auth, Optional<UserId> user, String clientAddress) {
        switch (stage) {
            case DUMMY, TERMS -> {
                // Nothing to prove: to ask for it is to agree.
            }
            case PASSWORD -> checkPassword(auth, user);
            case REGISTRATION_TOKEN -> checkToken(auth.string("token"));
            case RECAPTCHA ->
                    recaptcha
                            .orElseThrow(() -> forbidden("There are no riddles here"))
                            .check(auth.findString("response"), clientAddress);
            default -> throw forbidden("There is no stage " + stage);
        }
    }

    private void checkToken(String token) {
        if (!accounts.tokens().isRegistrationToken(token)) {
            throw forbidden("This registration token is not valid");
        }
    }

    /// UIA-8: the wrong password fails the stage; the right one of another user is refused.
    private void checkPassword(JsonObject auth, Optional<UserId> user) {
        var named = LoginIdentifier.of(auth, accounts.server()).or(() -> user);
        accounts.credentials()
                .require(
                        named.orElseThrow(() -> forbidden("No user is named")),
                        auth.string("password"));
        if (!named.equals(user)) {
            throw error(ErrorCode.M_UNAUTHORIZED, "This is the password of another user");
        }
    }
}
