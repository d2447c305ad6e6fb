package dev.hearth.todevice;

import static dev.hearth.keys.EncryptionServer.ALICE;
import static dev.hearth.keys.EncryptionServer.BOB;
import static dev.hearth.keys.EncryptionServer.LAPTOP;
import static dev.hearth.keys.EncryptionServer.PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.keys.EncryptionServer;
import dev.hearth.testing.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToDeviceTest {

    private static final String PATH = "/_matrix/client/v3/sendToDevice/m.test/";

    private final EncryptionServer server = EncryptionServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private Reply send(String transaction, UserId user, String device, int number) {
        var messages =
                JsonObject.of(user.value(), JsonObject.of(device, JsonObject.of("number", number)));
        return server.client(BOB, PHONE)
                .put(PATH + transaction, JsonObject.of("messages", messages));
    }

    private List<ToDeviceMessage> messages(UserId user, DeviceId device, int limit) {
        return server.database()
                .read(reading ->
                        server.toDevice().messages(reading, user, device, Long.MAX_VALUE, limit));
    }

    private List<Long> numbers(DeviceId device) {
        return messages(ALICE, device, 100).stream()
                .map(message -> message.event().object("content").integer("number"))
                .toList();
    }

    @Test
    @DisplayName("TD-1: one device is reached, in the order of sending")
    void oneDeviceIsReached() {
        send("1", ALICE, "PHONE", 1).ok();
        send("2", ALICE, "PHONE", 2).ok();
        assertEquals(List.of(1L, 2L), numbers(PHONE));
        assertEquals(List.of(), numbers(LAPTOP));
        assertEquals(
                JsonObject.of(
                        "type", "m.test", "sender", BOB, "content", JsonObject.of("number", 1)),
                messages(ALICE, PHONE, 1).getFirst().event());
        assertEquals(List.of(ALICE, ALICE), server.woken());
    }

    @Test
    @DisplayName("TD-1: a star reaches all devices of the user")
    void starReachesAllDevices() {
        send("1", ALICE, "*", 1).ok();
        assertEquals(List.of(1L), numbers(PHONE));
        assertEquals(List.of(1L), numbers(LAPTOP));
    }

    @Test
    @DisplayName("TD-1: a repeated request sends nothing twice, one of another device does")
    void repeatedRequestSendsNothingTwice() {
        send("1", ALICE, "PHONE", 1).ok();
        send("1", ALICE, "PHONE", 1).ok();
        assertEquals(List.of(1L), numbers(PHONE));
        var messages = JsonObject.of(ALICE.value(), JsonObject.of("*", JsonObject.of("number", 2)));
        server.client(ALICE, LAPTOP).put(PATH + "1", JsonObject.of("messages", messages)).ok();
        assertEquals(List.of(1L, 2L), numbers(PHONE));
    }

    @Test
    @DisplayName("TD-1: unknown devices and users are dropped in silence")
    void unknownDevicesAreDropped() {
        send("1", ALICE, "TOASTER", 1).ok();
        send("2", UserId.parse("@nobody:test"), "*", 1).ok();
        assertEquals(List.of(), numbers(PHONE));
        assertEquals(List.of(), server.woken());
    }

    @Test
    @DisplayName("TD-2: of an inbox that is too full the oldest go")
    void theOldestGo() {
        for (int i = 0; i < 5; i++) {
            send("t" + i, ALICE, i == 4 ? "LAPTOP" : "PHONE", i).ok();
        }
        server.toDevice().dropOldest(3);
        assertEquals(List.of(1L, 2L, 3L), numbers(PHONE));
        assertEquals(List.of(4L), numbers(LAPTOP));
    }

    @Test
    @DisplayName("TD-3: what is for users elsewhere lies in no inbox here")
    void usersElsewhereHaveNoInboxHere() {
        var carol = UserId.parse("@alice:elsewhere.example");
        send("1", carol, "PHONE", 1).ok();
        assertEquals(List.of(), messages(carol, PHONE, 10));
        assertEquals(List.of(), numbers(PHONE));
    }

    /// Complement: TestToDeviceMessages
    @Test
    @DisplayName("SYNC-20, TD-2: messages stay until a token covers them, and go then")
    void messagesStayUntilAcknowledged() {
        for (int i = 0; i < 5; i++) {
            send("t" + i, ALICE, "PHONE", i).ok();
        }
        var first = messages(ALICE, PHONE, 2);
        assertEquals(first, messages(ALICE, PHONE, 2));
        server.toDevice().acknowledge(ALICE, PHONE, first.getLast().position());
        assertEquals(List.of(2L, 3L, 4L), numbers(PHONE));
    }

    @Test
    @DisplayName("SYNC-20: what came after a position is not told up to it")
    void laterMessagesAreNotTold() {
        send("1", ALICE, "PHONE", 1).ok();
        long upTo = server.database().position();
        send("2", ALICE, "PHONE", 2).ok();
        var told =
                server.database().read(r -> server.toDevice().messages(r, ALICE, PHONE, upTo, 100));
        assertEquals(1, told.size());
    }

    @Test
    @DisplayName("TD-2: the inbox goes with the device")
    void inboxGoesWithTheDevice() {
        send("1", ALICE, "*", 1).ok();
        server.database().change(tx -> server.toDevice().deviceRemoved(tx, ALICE, PHONE));
        assertEquals(List.of(), numbers(PHONE));
        assertEquals(List.of(1L), numbers(LAPTOP));
    }

    @Test
    void oldRequestsAreForgotten() {
        send("1", ALICE, "PHONE", 1).ok();
        server.toDevice().forgetOldRequests();
        send("1", ALICE, "PHONE", 1).ok();
        assertEquals(List.of(1L), numbers(PHONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[]}",
                "{\"messages\":{\"@alice:test\":[]}}",
                "{\"messages\":{\"@alice:test\":{\"PHONE\":\"text\"}}}",
                "{\"messages\":{\"@bob:test\":{\"*\":{}},\"@alice:test\":{\"PHONE\":null}}}",
            })
    @DisplayName("What has the wrong shape is refused as a whole")
    void wrongShapeIsRefusedAsAWhole(String body) {
        server.client(BOB, PHONE)
                .send("PUT", PATH + "1", Optional.of(body))
                .refused(400, "M_BAD_JSON");
        assertEquals(List.of(), messages(BOB, PHONE, 100));
    }

    @Test
    void tooLargeMessageIsRefused() {
        var content = JsonObject.of("text", "x".repeat(1 << 18));
        var messages = JsonObject.of(ALICE.value(), JsonObject.of("PHONE", content));
        server.client(BOB, PHONE)
                .put(PATH + "1", JsonObject.of("messages", messages))
                .refused(413, "M_TOO_LARGE");
    }

    @Test
    void missingMessagesAreMissed() {
        server.client(BOB, PHONE).put(PATH + "1", JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
    }
}
