package dev.hearth.notification;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;

/// Reading and changing the push rules.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#push-rules-api Push rules API
final class PushRuleEndpoints {

    private static final String RULES = "/_matrix/client/v3/pushrules";
    private static final String RULE = RULES + "/global/{kind}/{ruleId}";

    private final Database database;
    private final Rulesets rulesets;
    private final PushRuleChanges changes;

    PushRuleEndpoints(Database database, Rulesets rulesets, PushRuleChanges changes) {
        this.database = database;
        this.rulesets = rulesets;
        this.changes = changes;
    }

    void declare(Routes routes) {
        // PUSH-11: clients ask with and without the slash at the end.
        routes.client()
                .get(RULES, this::all)
                .get(RULES + "/", this::all)
                .get(RULES + "/global", this::global)
                .get(RULES + "/global/", this::global)
                .get(RULE, this::rule)
                .get(RULE + "/enabled", this::enabled)
                .get(RULE + "/actions", this::actions)
                .delete(RULE, this::delete)
                .put(RULE + "/enabled", this::setEnabled)
                .put(RULE + "/actions", this::setActions);
        routes.client().limited(Limit.GENERAL).put(RULE, this::put);
    }

    private JsonObject ruleset(ClientRequest request) {
        return database.read(reading -> rulesets.json(reading, request.user()));
    }

    private Response all(ClientRequest request) {
        return Response.json(JsonObject.of("global", ruleset(request)));
    }

    private Response global(ClientRequest request) {
        return Response.json(ruleset(request));
    }

    /// PUSH-11: a slash at the end asks for all of the kind, which older clients do.
    private Response rule(ClientRequest request) {
        var name = name(request);
        if (!name.id().isEmpty()) {
            return Response.json(find(request, name));
        }
        return Response.list(JsonArray.from(name.kind().rulesIn(ruleset(request))));
    }

    private Response enabled(ClientRequest request) {
        return Response.json(JsonObject.of("enabled", find(request).bool("enabled")));
    }

    private Response actions(ClientRequest request) {
        return Response.json(JsonObject.of("actions", find(request).array("actions")));
    }

    private JsonObject find(ClientRequest request) {
        return find(request, name(request));
    }

    private JsonObject find(ClientRequest request, PushRuleChanges.Name name) {
        return OwnRules.find(name.kind().rulesIn(ruleset(request)), name.id())
                .orElseThrow(() -> notFound("There is no such push rule"));
    }

    private static PushRuleChanges.Name name(ClientRequest request) {
        var kind =
                RuleKind.find(request.path("kind"))
                        .orElseThrow(() -> notFound("There is no such kind of push rules"));
        return new PushRuleChanges.Name(request.user(), kind, request.path("ruleId"));
    }

    private Response put(ClientRequest request) {
        var kind =
                RuleKind.find(request.path("kind"))
                        .filter(found -> found != RuleKind.POSTCONTENT)
                        .orElseThrow(() ->
                                invalidParam(
                                        "kind: expected override, content, room, sender or"
                                                + " underride"));
        var id = request.path("ruleId");
        PushRuleCheck.id(id);
        changes.put(
                new PushRuleChanges.Name(request.user(), kind, id),
                PushRuleCheck.rule(kind, id, request.body()),
                new PushRuleChanges.Place(request.query("before"), request.query("after")));
        return Response.empty();
    }

    private Response delete(ClientRequest request) {
        changes.delete(name(request));
        return Response.empty();
    }

    private Response setEnabled(ClientRequest request) {
        boolean enabled =
                request.body()
                        .findBoolean("enabled")
                        .orElseThrow(() -> missingParam("enabled: true or false"));
        changes.set(name(request), "enabled", enabled);
        return Response.empty();
    }

    private Response setActions(ClientRequest request) {
        changes.set(name(request), "actions", PushRuleCheck.actions(request.body()));
        return Response.empty();
    }
}
