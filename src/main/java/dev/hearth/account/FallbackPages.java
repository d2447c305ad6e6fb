package dev.hearth.account;

import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.configuration.Registration;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Pages for clients that don't know how to log in, or a stage of authentication: they show a web
/// page instead, which tells them when it is done (TOK-16, UIA-7). The pages are files, with what
/// is set for this server, the same for everybody: nothing of a request is ever written into them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#fallback Fallback
/// @spec https://spec.matrix.org/v1.19/client-server-api/#login-fallback Login fallback
final class FallbackPages {

    private static final String STAGE = "/_matrix/client/v3/auth/{authType}/fallback/web";
    private static final String POLICY_HEADER = "Content-Security-Policy";
    private static final String POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final UserInteractive userInteractive;
    private final Response login = page(text("login.html"));
    private final Map<String, Response> stages;

    FallbackPages(UserInteractive userInteractive, Registration settings) {
        this.userInteractive = userInteractive;
        this.stages = new HashMap<>();
        stages.put(Stages.DUMMY, stage(""));
        stages.put(Stages.REGISTRATION_TOKEN, stage(text("token.html")));
        stages.put(Stages.TERMS, stage(terms(settings.terms())));
        settings.recaptcha().ifPresent(set -> stages.put(Stages.RECAPTCHA, recaptcha(set)));
    }

    private static Response stage(String question) {
        return page(text("stage.html").replace("{{question}}", question));
    }

    /// The riddle is posed by a script of somebody else's, which this page alone lets in.
    private static Response recaptcha(Registration.Recaptcha settings) {
        var script = settings.script();
        var question =
                text("recaptcha.html")
                        .replace("{{script}}", escape(script.toString()))
                        .replace("{{siteKey}}", escape(settings.siteKey()));
        var origin = script.getScheme() + "://" + script.getRawAuthority();
        return stage(question)
                .withHeader(
                        POLICY_HEADER,
                        POLICY.replace("'unsafe-inline'", "'unsafe-inline' " + origin)
                                        .replace("script-src", "script-src https://www.gstatic.com")
                                + "; frame-src "
                                + origin
                                + "; img-src data: "
                                + origin);
    }

    private static String terms(List<Registration.Policy> policies) {
        var links =
                policies.stream()
                        .map(policy ->
                                text("policy.html")
                                        .replace("{{url}}", escape(policy.url().toString()))
                                        .replace("{{language}}", escape(policy.language()))
                                        .replace("{{name}}", escape(policy.name())))
                        .collect(Collectors.joining());
        return text("terms.html").replace("{{policies}}", links);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    void declare(Routes routes) {
        routes.open().get("/_matrix/static/client/login/", _ -> login).get(STAGE, this::stagePage);
        routes.open().limited(Limit.REGISTRATION).post(STAGE, this::complete);
    }

    private static Response page(String text) {
        return Response.html(text).withHeader(POLICY_HEADER, POLICY);
    }

    private static String text(String file) {
        try (var stream = FallbackPages.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private Response stagePage(OpenRequest request) {
        session(request);
        return Optional.ofNullable(stages.get(requireStage(request))).orElseThrow();
    }

    /// What the page sends: `{"token": …}` or `{"response": …}`, or nothing where there is nothing
    /// to prove.
    private Response complete(OpenRequest request) {
        var type = requireStage(request);
        userInteractive.completeOnPage(
                session(request), request.body().with("type", type), request.clientAddress());
        return Response.empty();
    }

    private String requireStage(OpenRequest request) {
        var type = request.path("authType");
        if (!stages.containsKey(type)) {
            throw notFound("There is no page for " + type);
        }
        return type;
    }

    private static String session(OpenRequest request) {
        return request.query("session").orElseThrow(() -> missingParam("session: missing"));
    }
}
