package dev.hearth.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A field that is null is answered as one that is missing: many clients write all that they know
/// of, whether it is set or not. In the content of events null is a value as any other.
class NullsTest {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private static final TestHomeserver SERVER = TestHomeserver.start();

    private Household household = Household.of(SERVER);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static List<ValidRequest> requests() {
        return ValidRequest.all();
    }

    /// SyTest: Can paginate public room list
    @ParameterizedTest
    @MethodSource("requests")
    void whatIsNullIsAsIfItWereMissing(ValidRequest request) {
        var all = Spoiled.of(request.body());
        var findings = new ArrayList<String>();
        for (var unset : all) {
            if (request.isOptional(unset) && !request.isFree(unset)) {
                var missing =
                        all.stream()
                                .filter(Spoiled::isMissing)
                                .filter(other -> other.place().equals(unset.place()))
                                .findFirst()
                                .orElseThrow();
                boolean wanted = isGranted(request, missing);
                if (isGranted(request, unset) != wanted) {
                    findings.add(unset.place() + (wanted ? " may be missing" : " is needed"));
                }
            }
        }
        assertEquals(List.of(), findings);
    }

    private boolean isGranted(ValidRequest request, Spoiled spoiled) {
        var reply = request.send(household, spoiled.body());
        boolean granted = reply.status() == 200;
        if (granted && request.flags().once()) {
            household = Household.of(SERVER);
        }
        return granted;
    }

    private String path(String inRoom) {
        return household.path(ROOM + inRoom, JsonObject.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "m.room.name, name",
        "m.room.topic, topic",
        "m.room.avatar, url",
        "m.room.guest_access, guest_access",
        "m.room.join_rules, join_rule",
        "m.room.server_acl, deny",
        "m.room.power_levels, users",
        "m.room.power_levels, ban",
        "m.room.canonical_alias, alias"
    })
    void inStateNullIsAMistake(String type, String key) {
        household
                .alice()
                .put(path("/state/" + type), JsonObject.of(key, JsonNull.NULL))
                .refused(400, "M_BAD_JSON");
    }

    @Test
    void aReasonThatIsNullIsNone() {
        var join = JsonObject.of("reason", JsonNull.NULL, "org.example", JsonNull.NULL);
        household.alice().post(path("/leave"), JsonObject.EMPTY).ok();
        household.alice().post(path("/join"), join).ok();
        var member = household.alice().get(path("/state/m.room.member/{userId}")).ok();
        assertFalse(member.has("reason"));
        assertTrue(member.has("org.example"));
    }
}
