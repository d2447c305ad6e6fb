package dev.hearth.keys;

import static dev.hearth.keys.EncryptionServer.ALICE;
import static dev.hearth.keys.EncryptionServer.BOB;
import static dev.hearth.keys.EncryptionServer.PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneTimeKeysTest {

    private static final String CURVE = "signed_curve25519";

    private final EncryptionServer server = EncryptionServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private Reply upload(JsonObject body) {
        return server.client(ALICE, PHONE).post("/_matrix/client/v3/keys/upload", body);
    }

    private static JsonObject oneTime(String... names) {
        return JsonObject.of("one_time_keys", keys(names));
    }

    private static JsonObject fallback(String... names) {
        return JsonObject.of("fallback_keys", keys(names));
    }

    private static JsonObject keys(String... names) {
        var keys = JsonObject.builder();
        for (var name : names) {
            keys.put(CURVE + ":" + name, JsonObject.of("key", "key of " + name));
        }
        return keys.build();
    }

    private JsonObject claim() {
        var wanted = JsonObject.of(ALICE.value(), JsonObject.of("PHONE", CURVE));
        return server.client(BOB, PHONE)
                .post("/_matrix/client/v3/keys/claim", JsonObject.of("one_time_keys", wanted))
                .ok()
                .object("one_time_keys");
    }

    private List<String> claimedNames() {
        return claim().path(ALICE.value(), "PHONE").stream()
                .flatMap(value -> ((JsonObject) value).keys().stream())
                .map(key -> key.substring(CURVE.length() + 1))
                .toList();
    }

    private List<String> unusedFallbackTypes() {
        return server.database.read(r -> server.keys.unusedFallbackKeyTypes(r, ALICE, PHONE));
    }

    /// Complement: TestKeyClaimOrdering Complement:
    /// TestUploadKey/Parallel/Can_claim_one_time_key_using_POST
    @Test
    @DisplayName("KEY-2: keys are claimed in the order of their uploads, each once")
    void keysAreClaimedInOrder() {
        var counts = upload(oneTime("B")).ok().object("one_time_key_counts");
        assertEquals(JsonObject.of(CURVE, 1), counts);
        upload(oneTime("A")).ok();
        var first = claim().object(ALICE.value()).object("PHONE");
        assertEquals(JsonObject.of(CURVE + ":B", JsonObject.of("key", "key of B")), first);
        assertEquals(List.of("A"), claimedNames());
    }

    @Test
    @DisplayName("KEY-4: where nothing is left, device and user are left out")
    void nothingLeftLeavesTheUserOut() {
        assertEquals(JsonObject.EMPTY, claim());
    }

    @Test
    @DisplayName("KEY-2: a key is claimed once, however many ask at the same time")
    void keyIsClaimedOnceByMany() throws Exception {
        var names = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            names.add("K" + i);
        }
        upload(oneTime(names.toArray(String[]::new))).ok();
        var claims = new ArrayList<Callable<List<String>>>();
        for (int i = 0; i < 60; i++) {
            claims.add(this::claimedNames);
        }
        var claimed = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(claims)) {
                claimed.addAll(result.get());
            }
        }
        assertEquals(40, claimed.size());
        assertEquals(new HashSet<>(names), new HashSet<>(claimed));
    }

    @Test
    @DisplayName("KEY-2: an upload that is repeated doesn't bring a claimed key back")
    void repeatedUploadBringsNoClaimedKeyBack() {
        upload(oneTime("A", "B")).ok();
        var first = claimedNames();
        upload(oneTime("A", "B")).ok();
        var second = claimedNames();
        assertFalse(first.equals(second));
        assertEquals(List.of(), claimedNames());
    }

    @Test
    void aDeviceHasOnlySoManyKeys() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 1_001; i++) {
            names.add("K" + i);
        }
        upload(oneTime(names.toArray(String[]::new))).refused(403, "M_FORBIDDEN");
        upload(oneTime(names.subList(0, 1_000).toArray(String[]::new))).ok();
    }

    /// Complement: TestUploadKeyIdempotency Complement: TestUploadKeyIdempotencyOverlap
    @Test
    @DisplayName("KEY-1: the same key again is fine, another of the same name is not")
    void anotherKeyOfTheSameNameIsRefused() {
        upload(oneTime("A")).ok();
        upload(oneTime("A")).ok();
        var counts = upload(oneTime("A", "B")).ok().object("one_time_key_counts");
        assertEquals(JsonObject.of(CURVE, 2), counts);
        var other = JsonObject.of(CURVE + ":A", JsonObject.of("key", "another"));
        upload(JsonObject.of("one_time_keys", other)).refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("KEY-2: when no one-time key is left, the fallback key is given, again and again")
    void fallbackKeyIsGivenWhenNothingIsLeft() {
        upload(oneTime("A")).ok();
        upload(fallback("F")).ok();
        assertEquals(List.of(CURVE), unusedFallbackTypes());
        assertEquals(List.of("A"), claimedNames());
        assertEquals(List.of(CURVE), unusedFallbackTypes());
        assertEquals(List.of("F"), claimedNames());
        assertEquals(List.of(), unusedFallbackTypes());
        assertEquals(List.of("F"), claimedNames());
    }

    @Test
    @DisplayName("KEY-2: a used fallback key stays used until another comes")
    void usedFallbackKeyStaysUsed() {
        upload(fallback("F")).ok();
        claim();
        upload(fallback("F")).ok();
        assertEquals(List.of(), unusedFallbackTypes());
        upload(fallback("G")).ok();
        assertEquals(List.of(CURVE), unusedFallbackTypes());
        assertEquals(List.of("G"), claimedNames());
    }

    @Test
    @DisplayName("KEY-2: there is one fallback key for each algorithm")
    void twoFallbackKeysOfOneAlgorithmAreRefused() {
        upload(fallback("F", "G")).refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("SYNC-6: a claim wakes the owner's sync and is news for the device")
    void claimIsNewsForTheOwner() {
        upload(oneTime("A")).ok();
        long before = server.database.position();
        assertFalse(wereKeysClaimedSince(before));
        claim();
        assertEquals(List.of(ALICE), server.woken);
        assertTrue(wereKeysClaimedSince(before));
        assertFalse(wereKeysClaimedSince(server.database.position()));
    }

    private boolean wereKeysClaimedSince(long since) {
        return server.database.read(r -> server.keys.wereKeysClaimedSince(r, ALICE, PHONE, since));
    }

    @Test
    @DisplayName("SYNC-21: no keys left is told as a zero")
    void noKeysLeftIsAZero() {
        assertEquals(
                JsonObject.of("one_time_key_counts", JsonObject.of(CURVE, 0)),
                upload(JsonObject.EMPTY).ok());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"one_time_keys\":[]}",
                "{\"one_time_keys\":{\"signed_curve25519:A\":1}}",
                "{\"fallback_keys\":{\"signed_curve25519:A\":null}}",
                "{\"device_keys\":\"no\"}"
            })
    void keysOfTheWrongShapeAreBad(String body) {
        server.client(ALICE, PHONE)
                .send("POST", "/_matrix/client/v3/keys/upload", Optional.of(body))
                .refused(400, "M_BAD_JSON");
    }

    @Test
    void keyWithoutAnAlgorithmIsRefused() {
        upload(JsonObject.of("one_time_keys", JsonObject.of("A", "b")))
                .refused(400, "M_INVALID_PARAM");
    }
}
