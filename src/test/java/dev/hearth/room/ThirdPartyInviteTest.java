package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.signing.SignedJson;
import dev.hearth.signing.SigningKey;
import dev.hearth.signing.UnpaddedBase64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Invites of people who are known by an address alone.
class ThirdPartyInviteTest {

    private static final String TOKEN = "random8nonce";
    private static final SigningKey IDENTITY_SERVER = key(4);
    private static final SigningKey SOMEBODY = key(2);

    private final RoomServer server = new RoomServer();
    private String room = "";

    private static SigningKey key(int seed) {
        var bytes = new byte[32];
        bytes[0] = (byte) seed;
        return new SigningKey(KeyId.parse("ed25519:0"), bytes);
    }

    @BeforeEach
    void aRoomThatWaitsForSomebody() {
        room = server.create();
        server.put(
                        ALICE,
                        room,
                        "m.room.third_party_invite",
                        TOKEN,
                        "display_name",
                        "b...@h...",
                        "key_validity_url",
                        "https://id.test/valid",
                        "public_key",
                        IDENTITY_SERVER.publicKey().toString())
                .ok();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonObject signed(SigningKey by, UserId mxid, String token) {
        var proof = JsonObject.of("mxid", mxid, "sender", ALICE, "token", token);
        return SignedJson.sign(proof, "id.test", by);
    }

    @Test
    @DisplayName("3PI-5: who proves that they own the address is invited by it, and comes in")
    void joining() {
        var proof = signed(IDENTITY_SERVER, BOB, TOKEN);
        server.act(BOB, room, "join", "third_party_signed", proof, "reason", "hello").ok();
        var event =
                server.as(BOB)
                        .get(
                                RoomServer.path(room)
                                        + "/state/m.room.member/"
                                        + BOB
                                        + "?format=event")
                        .ok();
        assertEquals("join", event.object("content").string("membership"));
        assertEquals("hello", event.object("content").string("reason"));
        var invite = event.object("unsigned").object("prev_content");
        assertEquals("invite", invite.string("membership"));
        assertEquals("b...@h...", invite.object("third_party_invite").string("display_name"));
        assertEquals(proof, invite.object("third_party_invite").object("signed"));
        assertEquals(ALICE.value(), event.object("unsigned").string("prev_sender"));
    }

    @Test
    @DisplayName("3PI-5: what isn't signed by the room's key, or is for another, opens nothing")
    void forged() {
        for (var proof :
                new JsonObject[] {
                    signed(SOMEBODY, BOB, TOKEN),
                    signed(IDENTITY_SERVER, CAROL, TOKEN),
                    signed(IDENTITY_SERVER, BOB, "another"),
                    signed(IDENTITY_SERVER, BOB, TOKEN).with("mxid", CAROL),
                    signed(IDENTITY_SERVER, BOB, TOKEN).with("sender", BOB),
                    signed(IDENTITY_SERVER, BOB, TOKEN).without("signatures"),
                    signed(IDENTITY_SERVER, BOB, TOKEN).with("sender", "@alice:elsewhere")
                }) {
            server.act(BOB, room, "join", "third_party_signed", proof).refused(403, "M_FORBIDDEN");
        }
        server.act(BOB, room, "join", "third_party_signed", "x").refused(400, "M_BAD_JSON");
        server.act(BOB, room, "join", "third_party_signed", JsonObject.of("mxid", BOB))
                .refused(400, "M_MISSING_PARAM");
        server.act(BOB, room, "join", "third_party_signed", JsonObject.EMPTY)
                .refused(403, "M_FORBIDDEN");
    }

    @ParameterizedTest(name = "3PI-4: a key is read in either alphabet of base64: {0}")
    @ValueSource(booleans = {false, true})
    void alphabets(boolean urlSafe) {
        var text = IDENTITY_SERVER.publicKey().toString();
        var bytes = UnpaddedBase64.decode(text).orElseThrow();
        assertNotEquals(UnpaddedBase64.encode(bytes), UnpaddedBase64.encodeUrlSafe(bytes));
        var key = urlSafe ? UnpaddedBase64.encodeUrlSafe(bytes) : UnpaddedBase64.encode(bytes);
        server.put(ALICE, room, "m.room.third_party_invite", TOKEN, "public_key", key).ok();
        server.act(BOB, room, "join", "third_party_signed", signed(IDENTITY_SERVER, BOB, TOKEN))
                .ok();
    }

    @Test
    @DisplayName("3PI-5: who is banned proves in vain; who is in needs no proof")
    void others() {
        var proof = signed(IDENTITY_SERVER, BOB, TOKEN);
        server.act(ALICE, room, "ban", "user_id", BOB).ok();
        server.act(BOB, room, "join", "third_party_signed", proof).refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "unban", "user_id", BOB).ok();
        server.act(ALICE, room, "invite", "user_id", BOB).ok();
        server.act(BOB, room, "join", "third_party_signed", proof).ok();
    }

    @Test
    @DisplayName("3PI-5: an invite that was taken back opens nothing")
    void takenBack() {
        server.put(ALICE, room, "m.room.third_party_invite", TOKEN).ok();
        server.act(BOB, room, "join", "third_party_signed", signed(IDENTITY_SERVER, BOB, TOKEN))
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("3PI-1: only who may invite puts an invite into the room")
    void whoMayInvite() {
        server.act(ALICE, room, "invite", "user_id", BOB).ok();
        server.act(BOB, room, "join").ok();
        server.put(BOB, room, "m.room.third_party_invite", "b", "display_name", "c").ok();
        server.put(ALICE, room, "m.room.power_levels", "", "invite", 50).ok();
        server.put(BOB, room, "m.room.third_party_invite", "c", "display_name", "c")
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("3PI-1: without an identity server to ask nobody is invited by an address")
    void withoutIdentityServer() {
        server.act(ALICE, room, "invite", byAddress()).refused(403, "M_SERVER_NOT_TRUSTED");
        server.act(CAROL, room, "invite", byAddress()).refused(403, "M_FORBIDDEN");
        server.tryToCreate(
                        "invite_3pid",
                        JsonArray.of(JsonObject.of(byAddress())),
                        "room_alias_name",
                        "tea")
                .refused(403, "M_SERVER_NOT_TRUSTED");
        server.create("room_alias_name", "tea", "invite_3pid", JsonArray.EMPTY);
    }

    private static Object[] byAddress() {
        return new Object[] {
            "id_server", "id.test",
            "id_access_token", "secret",
            "medium", "email",
            "address", "bob@home.test"
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_server", "address"})
    @DisplayName("3PI-1: what is missing is named")
    void missing(String key) {
        var body = JsonObject.of(byAddress()).without(key);
        server.as(ALICE)
                .post(RoomServer.path(room) + "/invite", body)
                .refused(400, "M_MISSING_PARAM");
    }

    @Test
    @DisplayName("3PI-6: an address doesn't come into the room by what a client writes")
    void noProofByHand() {
        server.put(
                        ALICE,
                        room,
                        "m.room.member",
                        BOB.value(),
                        "membership",
                        "invite",
                        "third_party_invite",
                        JsonObject.of("display_name", "bob@home.test"))
                .ok();
        assertEquals(
                JsonObject.of("membership", "invite", "displayname", "bob"),
                server.state(ALICE, room, "m.room.member", BOB.value()).ok());
    }
}
