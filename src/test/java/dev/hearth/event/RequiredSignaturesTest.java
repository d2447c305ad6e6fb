package dev.hearth.event;

import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.ELSEWHERE;
import static dev.hearth.testing.RoomScript.EVE;
import static dev.hearth.testing.RoomScript.HERE;
import static dev.hearth.testing.RoomScript.publicChat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.identifier.ServerName;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.testing.Act;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whose signatures an event needs, in each room version.
class RequiredSignaturesTest {

    private static Set<ServerName> required(RoomVersion version, Act act) {
        return RequiredSignatures.of(publicChat(version).sign(act));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void thatOfTheSendersServer(RoomVersion version) {
        assertEquals(Set.of(HERE), required(version, Act.text(ALICE, "Hello")));
        assertEquals(Set.of(ELSEWHERE), required(version, Act.join(EVE)));
        assertEquals(Set.of(HERE), required(version, Act.invite(ALICE, EVE)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void thatOfTheServerWhichChoseTheId(RoomVersion version) {
        var foreign =
                Act.text(ALICE, "Hello").bent(draft -> draft.with("event_id", "$1:elsewhere.test"));
        assertEquals(
                version.has(Tweak.EXPLICIT_EVENT_ID) ? Set.of(HERE, ELSEWHERE) : Set.of(HERE),
                required(version, foreign));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void thatOfTheServerOfWhoVouches(RoomVersion version) {
        var vouched = Act.join(EVE).saying(MemberContent.VOUCHER, BOB);
        var both = version.has(Tweak.RESTRICTED_JOINS);
        assertEquals(
                both ? Set.of(ELSEWHERE, HERE) : Set.of(ELSEWHERE), required(version, vouched));
        var nobody = Act.join(EVE).saying(MemberContent.VOUCHER, "bob");
        assertEquals(Set.of(ELSEWHERE), required(version, nobody));
        var noMember = Act.topic(EVE, "tea").saying(MemberContent.VOUCHER, BOB);
        assertEquals(Set.of(ELSEWHERE), required(version, noMember));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void notThatOfWhoInvitedAMailAddress(RoomVersion version) {
        var none = version.has(Tweak.EXPLICIT_EVENT_ID) ? Set.of(HERE) : Set.of();
        for (var invite : new Object[] {JsonObject.EMPTY, JsonNull.NULL}) {
            var redeemed = Act.invite(ALICE, EVE).saying("third_party_invite", invite);
            assertEquals(none, required(version, redeemed));
        }
        var left = Act.leave(BOB).saying("third_party_invite", JsonObject.EMPTY);
        assertEquals(Set.of(HERE), required(version, left));
    }
}
