package dev.hearth.account;

import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Pages for clients that don't know how to log in, or a stage of authentication: they show a web
/// page instead, which tells them when it is done (TOK-16, UIA-7). The pages are files, the same
/// for everybody: nothing of a request is ever written into them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#fallback Fallback
/// @spec https://spec.matrix.org/v1.19/client-server-api/#login-fallback Login fallback
final class FallbackPages {

    private static final String STAGE = "/_matrix/client/v3/auth/{authType}/fallback/web";
    private static final Set<String> STAGES =
            Set.of(UserInteractive.DUMMY, UserInteractive.REGISTRATION_TOKEN);
    private static final String POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final UserInteractive userInteractive;
    private final Response login = page("login.html");
    private final Response stage = page("stage.html");

    FallbackPages(UserInteractive userInteractive) {
        this.userInteractive = userInteractive;
    }

    void declare(Routes routes) {
        routes.open().get("/_matrix/static/client/login/", _ -> login).get(STAGE, this::stagePage);
        routes.open().limited(Limit.REGISTRATION).post(STAGE, this::complete);
    }

    private static Response page(String file) {
        try (var stream = FallbackPages.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Response.html(text).withHeader("Content-Security-Policy", POLICY);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private Response stagePage(OpenRequest request) {
        requireStage(request);
        session(request);
        return stage;
    }

    /// What the page sends: `{"token": …}`, or nothing where there is nothing to prove.
    private Response complete(OpenRequest request) {
        var type = requireStage(request);
        userInteractive.completeOnPage(session(request), request.body().with("type", type));
        return Response.empty();
    }

    private static String requireStage(OpenRequest request) {
        var type = request.path("authType");
        if (!STAGES.contains(type)) {
            throw notFound("There is no page for " + type);
        }
        return type;
    }

    private static String session(OpenRequest request) {
        return request.query("session").orElseThrow(() -> missingParam("session: missing"));
    }
}
