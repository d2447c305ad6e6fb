package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Riddles for whoever registers without a token.
class RecaptchaTest {

    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String PAGE =
            "/_matrix/client/v3/auth/m.login.recaptcha/fallback/web?session=";

    private final CopyOnWriteArrayList<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer judge;
    private final TestHomeserver server;

    RecaptchaTest() throws IOException {
        judge = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        judge.createContext("/", this::judge);
        judge.start();
        server =
                TestHomeserver.start(
                        Clock.systemUTC(),
                        "http_client.ip_deny=[]",
                        "registration.recaptcha.site_key=the \"site\"",
                        "registration.recaptcha.secret=hush & hush",
                        "registration.recaptcha.siteverify=http://127.0.0.1:"
                                + judge.getAddress().getPort()
                                + "/siteverify",
                        "registration.recaptcha.script=https://riddles.test/api.js");
    }

    @AfterEach
    void close() {
        server.close();
        judge.stop(0);
    }

    private void judge(HttpExchange exchange) throws IOException {
        var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(form);
        var answer = form.contains("broken") ? "no JSON" : verdict(form).toString();
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static JsonObject verdict(String form) {
        return JsonObject.of("success", form.contains("response=right"));
    }

    private Reply register(Object... auth) {
        return server.client()
                .post(
                        REGISTER,
                        JsonObject.of(
                                "username", "alice",
                                "password", "secret",
                                "auth", JsonObject.of(auth)));
    }

    private Reply solve(String response) {
        return register("type", "m.login.recaptcha", "response", response);
    }

    /// UIA-8: clients are told what the riddle's script needs to know
    @Test
    void whoHasNoTokenIsPosedARiddle() {
        var challenge = server.client().post(REGISTER, JsonObject.EMPTY).json();
        assertEquals(
                JsonArray.of(
                        JsonObject.of("stages", JsonArray.of("m.login.recaptcha")),
                        JsonObject.of("stages", JsonArray.of("m.login.registration_token"))),
                challenge.array("flows"));
        assertEquals(
                JsonObject.of("m.login.recaptcha", JsonObject.of("public_key", "the \"site\"")),
                challenge.object("params"));
        register("type", "m.login.registration_token", "token", server.newToken()).ok();
        assertEquals(0, asked.size());
    }

    /// UIA-8
    @Test
    void whoSolvesItHasAnAccount() {
        register("type", "m.login.dummy").refused(401, "M_FORBIDDEN");
        solve("right").ok();
        var form = asked.getFirst();
        assertTrue(form.contains("secret=hush+%26+hush"));
        assertTrue(form.contains("remoteip=127.0.0.1"));
    }

    /// UIA-2: a stage that fails says why, and can be tried again
    @Test
    void whoDoesNotIsToldWhy() {
        register("type", "m.login.recaptcha").refused(401, "M_CAPTCHA_NEEDED");
        solve("").refused(401, "M_CAPTCHA_NEEDED");
        assertEquals(0, asked.size());
        var failed = solve("wrong").refused(401, "M_CAPTCHA_INVALID").json();
        assertTrue(failed.has("flows"));
        register(
                        "type",
                        "m.login.recaptcha",
                        "session",
                        failed.string("session"),
                        "response",
                        "right")
                .ok();
    }

    @Test
    void aJudgeThatIsAwayKeepsPeopleOut() {
        solve("broken").refused(401, "M_UNKNOWN");
        judge.stop(0);
        solve("right").refused(401, "M_UNKNOWN");
    }

    /// UIA-7: on a page, which alone lets the riddle's script in
    @Test
    void theRiddleHasAPage() {
        var session = server.client().post(REGISTER, JsonObject.EMPTY).json().string("session");
        var page = server.client().get(PAGE + session);
        assertTrue(page.text().contains("data-sitekey=\"the &quot;site&quot;\""));
        assertTrue(page.text().contains("src=\"https://riddles.test/api.js\""));
        var policy = page.headers().get("content-security-policy").getFirst();
        assertTrue(policy.contains("https://riddles.test"));
        server.client()
                .post(PAGE + session, JsonObject.of("response", "wrong"))
                .refused(401, "M_CAPTCHA_INVALID");
        server.client().post(PAGE + session, JsonObject.of("response", "right")).ok();
        register("session", session).ok();
    }

    @Test
    void noOtherPageLetsAScriptIn() {
        var session = server.client().post(REGISTER, JsonObject.EMPTY).json().string("session");
        var page =
                server.client()
                        .get(
                                "/_matrix/client/v3/auth/m.login.registration_token/fallback/web"
                                        + "?session="
                                        + session);
        var policy = page.headers().get("content-security-policy").getFirst();
        assertFalse(policy.contains("https:"));
    }
}
