package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;

import dev.hearth.configuration.Registration;
import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonShapeException;
import dev.hearth.json.JsonSyntaxException;
import dev.hearth.outgoing.Outgoing;
import dev.hearth.outgoing.OutgoingRequest;
import dev.hearth.outgoing.RemoteException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Asks the server that posed a riddle whether it was solved.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#google-recaptcha Google ReCaptcha
final class Recaptcha {

    private static final System.Logger LOG = System.getLogger(Recaptcha.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1 << 16;

    private final Registration.Recaptcha settings;
    private final Outgoing outgoing;

    Recaptcha(Registration.Recaptcha settings, Outgoing outgoing) {
        this.settings = settings;
        this.outgoing = outgoing;
    }

    /// @param response what the riddle's script gave to whoever solved it
    /// @throws MatrixException if it isn't solved, or nobody can tell
    void check(Optional<String> response, String clientAddress) {
        var solution =
                response.filter(text -> !text.isEmpty())
                        .orElseThrow(
                                () -> error(ErrorCode.M_CAPTCHA_NEEDED, "Solve the riddle first"));
        if (!judgement(solution, clientAddress).isTrue("success")) {
            throw error(ErrorCode.M_CAPTCHA_INVALID, "The riddle isn't solved, or not any more");
        }
    }

    private JsonObject judgement(String solution, String clientAddress) {
        var form =
                Map.of(
                        "secret", settings.secret().value(),
                        "response", solution,
                        "remoteip", clientAddress);
        try {
            return outgoing.send(
                            OutgoingRequest.post(settings.siteverify(), form)
                                    .within(PATIENCE)
                                    .upTo(LONGEST_ANSWER))
                    .json();
        } catch (RemoteException | JsonSyntaxException | JsonShapeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} doesn''t tell whether a riddle was solved: {1}",
                    settings.siteverify().getHost(),
                    e.getMessage());
            throw MatrixException.unknown("Nobody can tell now whether the riddle was solved");
        }
    }
}
