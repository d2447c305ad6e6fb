package dev.hearth.notification;

import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;

/// Reading the push rules. Nobody can change theirs yet, so everybody has the default ones.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#push-rules-api Push rules API
final class PushRuleEndpoints {

    private static final String RULES = "/_matrix/client/v3/pushrules";

    void declare(Routes routes) {
        // PUSH-11: clients ask with and without the slash at the end.
        routes.client()
                .get(RULES, this::all)
                .get(RULES + "/", this::all)
                .get(RULES + "/global", this::global)
                .get(RULES + "/global/", this::global)
                .get(RULES + "/global/{kind}/{ruleId}", this::rule)
                .get(RULES + "/global/{kind}/{ruleId}/enabled", this::enabled)
                .get(RULES + "/global/{kind}/{ruleId}/actions", this::actions);
    }

    private Response all(ClientRequest request) {
        return Response.json(JsonObject.of("global", DefaultPushRules.of(request.user())));
    }

    private Response global(ClientRequest request) {
        return Response.json(DefaultPushRules.of(request.user()));
    }

    private Response rule(ClientRequest request) {
        return Response.json(find(request));
    }

    private Response enabled(ClientRequest request) {
        return Response.json(JsonObject.of("enabled", find(request).bool("enabled")));
    }

    private Response actions(ClientRequest request) {
        return Response.json(JsonObject.of("actions", find(request).array("actions")));
    }

    private static JsonObject find(ClientRequest request) {
        var id = request.path("ruleId");
        return DefaultPushRules.of(request.user())
                .peekArray(request.path("kind"))
                .orElse(JsonArray.EMPTY)
                .objects()
                .stream()
                .filter(rule -> rule.string("rule_id").equals(id))
                .findFirst()
                .orElseThrow(() -> notFound("There is no such push rule"));
    }
}
