package dev.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearth.error.MatrixException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouterTest {

    private static final String STATE = "/_matrix/client/v3/rooms/{roomId}/state/{eventType}";

    private final Router router = new Router(table().routes());

    private static RouteTable table() {
        var table = new RouteTable();
        Handler<OpenRequest> nothing = _ -> Response.empty();
        table.open()
                .get(STATE, nothing)
                .get(STATE + "/{stateKey}", nothing)
                .put(STATE + "/{stateKey}", nothing)
                .get("/_matrix/client/v3/rooms/{roomId}/members", nothing)
                .get("/_matrix/client/v3/{any}/special/members", nothing)
                .get("/_matrix/client/v1/{one}", nothing);
        return table;
    }

    private void assertFinds(String path, String template, Map<String, String> parameters) {
        var found = assertInstanceOf(Router.Found.class, router.find("GET", path));
        assertEquals(template, found.route().template());
        assertEquals(parameters, found.parameters());
    }

    /// API-8: split before decoding.
    @Test
    void parametersMayHoldEncodedSlashes() {
        assertFinds(
                "/_matrix/client/v3/rooms/%21a%2Fb%3Ac/state/x+y%20z/%E2%82%AC%2F..",
                STATE + "/{stateKey}",
                Map.of("roomId", "!a/b:c", "eventType", "x+y z", "stateKey", "€/.."));
    }

    /// API-8.
    @Test
    void aStateKeyMayBeEmpty() {
        assertFinds(
                "/_matrix/client/v3/rooms/!r/state/t/",
                STATE + "/{stateKey}",
                Map.of("roomId", "!r", "eventType", "t", "stateKey", ""));
        assertFinds(
                "/_matrix/client/v3/rooms/!r/state/t",
                STATE,
                Map.of("roomId", "!r", "eventType", "t"));
    }

    @Test
    void aParameterWithinThePathMayNotBeEmpty() {
        assertInstanceOf(
                Router.Unknown.class, router.find("GET", "/_matrix/client/v3/rooms//members"));
    }

    @Test
    void theOldVersionIsTheSameTable() {
        assertFinds(
                "/_matrix/client/r0/rooms/!r/members",
                "/_matrix/client/v3/rooms/{roomId}/members",
                Map.of("roomId", "!r"));
        assertInstanceOf(Router.Unknown.class, router.find("GET", "/_matrix/client/r1/x"));
    }

    @Test
    void aLiteralThatLeadsNowhereGivesWayToAParameter() {
        assertFinds(
                "/_matrix/client/v3/rooms/special/members",
                "/_matrix/client/v3/rooms/{roomId}/members",
                Map.of("roomId", "special"));
        assertFinds(
                "/_matrix/client/v3/others/special/members",
                "/_matrix/client/v3/{any}/special/members",
                Map.of("any", "others"));
    }

    /// API-4.
    @Test
    void aWrongMethodIsToldWithTheRightOnes() {
        var wrong =
                assertInstanceOf(
                        Router.WrongMethod.class,
                        router.find("POST", "/_matrix/client/v3/rooms/!r/state/t/k"));
        assertEquals(List.of("GET", "PUT"), wrong.allowed());
    }

    @Test
    void wrongEncodingsAreRefused() {
        for (var segment : List.of("%", "%4", "%zz", "%ff", "%C0%AF", "%00")) {
            assertThrows(
                    MatrixException.class,
                    () -> router.find("GET", "/_matrix/client/v1/" + segment),
                    segment);
        }
    }

    @Test
    void dotsAreNothingSpecial() {
        assertFinds("/_matrix/client/v1/%2e%2e", "/_matrix/client/v1/{one}", Map.of("one", ".."));
    }

    @Test
    void declaringTwiceIsRefused() {
        var table = table();
        table.open().get("/_matrix/client/v1/{other}", _ -> Response.empty());
        assertThrows(IllegalStateException.class, () -> new Router(table.routes()));
    }
}
