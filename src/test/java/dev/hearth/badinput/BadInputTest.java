package dev.hearth.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.error.ErrorCode;
import dev.hearth.json.JsonSyntaxException;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever comes in a body is granted, or refused by the specification's error and a sentence; and
/// the next request on a new connection is served.
class BadInputTest {

    private static final List<String> NO_JSON =
            List.of(
                    "",
                    " ",
                    "{",
                    "}",
                    "{\"a\":}",
                    "{\"a\":1,}",
                    "{'a':1}",
                    "nope",
                    "\"text",
                    "[1,2",
                    "{\"a\":1}{\"b\":2}",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":\"\\ud800\"}",
                    "{\"a\":NaN}",
                    "{\"a\":1e99999999999}",
                    "{\"a\":01}",
                    "\uFEFF{}",
                    "{\"a\":\"\u0001\"}",
                    "[".repeat(100_000),
                    "{\"a\":".repeat(100_000),
                    "{\"a\":" + "9".repeat(5000) + "}");

    private static TestHomeserver server = TestHomeserver.start();

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<ValidRequest> requests() {
        return ValidRequest.all();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aBodyThatIsWrongIsRefusedInWords(ValidRequest request) {
        var findings = new ArrayList<String>();
        var household = Household.of(server);
        for (var spoiled : Spoiled.of(request.body())) {
            var reply = request.send(household, spoiled.body());
            boolean mayBe = request.isFree(spoiled) || request.isOptional(spoiled);
            fault(reply, spoiled.wrongType() && !mayBe)
                    .ifPresent(fault ->
                            findings.add(spoiled.place() + ": " + spoiled.how() + ": " + fault));
            if (reply.status() < 300) {
                household
                        .findUnreadable()
                        .ifPresent(bad ->
                                findings.add(
                                        spoiled.place()
                                                + ": "
                                                + spoiled.how()
                                                + " left this: "
                                                + bad));
            }
            if (reply.status() < 300 && request.flags().once()) {
                household = Household.of(server);
            }
        }
        assertNextIsServed();
        assertEquals("", String.join("\n", findings));
    }

    /// Aliases of older times lead to the same endpoints; the page for browsers takes a form.
    @Test
    void everyEndpointThatTakesABodyIsTried() {
        var tried = ValidRequest.all().stream().map(r -> r.method() + " " + r.template()).toList();
        var missing =
                server.endpoints().stream()
                        .filter(row -> row.startsWith("POST ") || row.startsWith("PUT "))
                        .map(row -> row.split(" ")[0] + " " + row.split(" ")[1])
                        .filter(row ->
                                !row.contains("/unstable/")
                                        && !row.endsWith("/fallback/web")
                                        && !tried.contains(row))
                        .toList();
        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theValidRequestIsGranted(ValidRequest request) {
        var reply = request.send(Household.of(server), request.body());
        assertEquals(!request.flags().refused(), reply.status() == 200, reply::toString);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsNoJsonIsRefusedInWords(ValidRequest request) {
        var household = Household.of(server);
        for (var text : NO_JSON) {
            var reply = request.sendText(household, text);
            assertEquals(
                    Optional.empty(),
                    fault(reply, !text.isEmpty() && !request.body().isEmpty()),
                    text);
            assertNextIsServed();
        }
    }

    /// What is wrong with an answer, if anything is.
    private static Optional<String> fault(Reply reply, boolean mustRefuse) {
        if (reply.status() == 200) {
            return mustRefuse ? Optional.of("200 " + reply.text()) : Optional.empty();
        }
        if (reply.status() < 400 || reply.status() >= 500 || !isError(reply)) {
            return Optional.of(reply.status() + " " + reply.text());
        }
        return Optional.empty();
    }

    private static boolean isError(Reply reply) {
        try {
            var json = reply.json();
            // The first answer of interactive authentication is no error.
            if (reply.status() == 401 && json.has("flows")) {
                return true;
            }
            var code = json.string("errcode");
            return !json.string("error").isBlank()
                    && Arrays.stream(ErrorCode.values())
                            .anyMatch(known -> known.wireName().equals(code));
        } catch (JsonSyntaxException _) {
            return false;
        }
    }

    private static void assertNextIsServed() {
        try (var socket = new Socket("127.0.0.1", server.client().server().getPort())) {
            socket.setSoTimeout(20_000);
            var request =
                    "GET /_matrix/client/versions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 200 OK", answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
