package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The names of rooms.
class AliasTest {

    private static final String TEA = "#tea:test";

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static String at(String alias) {
        return "/_matrix/client/v3/directory/room/" + escape(alias);
    }

    @Test
    void anyMemberNamesARoomAndItIsFoundROOM6() {
        var room = server.createWithBob();
        server.as(BOB).put(at(TEA), JsonObject.of("room_id", room)).ok();
        assertEquals(room, server.as(CAROL).get(at(TEA)).ok().string("room_id"));
        server.as(CAROL).post("/_matrix/client/v3/join/" + escape(TEA), JsonObject.EMPTY).ok();
        var aliases = server.as(ALICE).get(path(room) + "/aliases").ok();
        assertEquals(JsonArray.of(TEA), aliases.array("aliases"));
        server.as(ALICE).put(at(TEA), JsonObject.of("room_id", room)).refused(409, "M_UNKNOWN");
    }

    @Test
    void strangeAndForeignNamesAreRefusedROOM6() {
        var body = JsonObject.of("room_id", server.createWithBob());
        server.as(ALICE).put(at("#tea:elsewhere"), body).refused(400, "M_INVALID_PARAM");
        server.as(ALICE).put(at("tea"), body).refused(400, "M_INVALID_PARAM");
        server.as(ALICE).get(at("#nothing:test")).refused(404, "M_NOT_FOUND");
    }

    @Test
    void aNameIsTakenAwayByItsMakerOrWhoHasThePowerROOM6() {
        var room = server.createWithBob();
        server.as(ALICE).put(at(TEA), JsonObject.of("room_id", room)).ok();
        server.as(BOB).delete(at(TEA)).refused(403, "M_FORBIDDEN");
        server.as(ALICE).delete(at(TEA)).ok();
        server.as(ALICE).delete(at(TEA)).refused(404, "M_NOT_FOUND");
        server.as(BOB).put(at(TEA), JsonObject.of("room_id", room)).ok();
        server.as(ALICE).delete(at(TEA)).ok();
    }

    @Test
    void aNameThatIsGoneIsNoMainNameROOM6() {
        var room = server.createWithBob();
        server.as(ALICE).put(at(TEA), JsonObject.of("room_id", room)).ok();
        server.put(ALICE, room, "m.room.canonical_alias", "", "alias", TEA).ok();
        server.as(ALICE).delete(at(TEA)).ok();
        assertTrue(server.state(ALICE, room, "m.room.canonical_alias", "").ok().isEmpty());
    }

    @Test
    void mainNamesLeadHereSEND3() {
        var room = server.createWithBob();
        var type = "m.room.canonical_alias";
        server.put(ALICE, room, type, "", "alias", TEA).refused(400, "M_BAD_ALIAS");
        server.put(ALICE, room, type, "", "alias", "tea").refused(400, "M_INVALID_PARAM");
        var elsewhere = server.createWithBob();
        server.as(ALICE).put(at(TEA), JsonObject.of("room_id", elsewhere)).ok();
        server.put(ALICE, room, type, "", "alias", TEA).refused(400, "M_BAD_ALIAS");
        server.put(ALICE, elsewhere, type, "", "alias", TEA).ok();
        server.put(ALICE, elsewhere, type, "", "alt_aliases", JsonArray.of(TEA, "#no:test"))
                .refused(400, "M_BAD_ALIAS");
    }
}
