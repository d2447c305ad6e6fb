package dev.hearth.keys;

import static dev.hearth.keys.EncryptionServer.ALICE;
import static dev.hearth.keys.EncryptionServer.PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonString;
import dev.hearth.storage.H2Database;
import dev.hearth.storage.Reading;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimOverRestartTest {

    private static final KeyClaim WANTED = new KeyClaim(ALICE, PHONE, "curve25519");

    private final OneTimeKeyStore store = new OneTimeKeyStore();
    private final KeyClaim.Granting granting =
            new KeyClaim.Granting(
                    new DeviceLists(
                            new SharedRooms() {
                                @Override
                                public Set<UserId> sharingWith(Reading reading, UserId user) {
                                    return Set.of();
                                }

                                @Override
                                public Encounters encounters(
                                        Reading reading, UserId user, long since, long upTo) {
                                    return new Encounters(Set.of(), Set.of());
                                }
                            },
                            _ -> {}));

    @Test
    @DisplayName("KEY-2: a key that was claimed is not claimed again after a restart")
    void claimedKeyStaysClaimedOverARestart(@TempDir Path folder) {
        var claimed = new HashSet<String>();
        try (var database = H2Database.open(folder)) {
            database.change(tx ->
                    List.of("A", "B", "C")
                            .forEach(name -> store.insert(tx, ALICE, PHONE, key(name))));
            claimed.add(claim(database).orElseThrow().id().value());
            database.settle();
        }
        try (var database = H2Database.open(folder)) {
            claimed.add(claim(database).orElseThrow().id().value());
            claimed.add(claim(database).orElseThrow().id().value());
            assertEquals(Optional.empty(), claim(database));
        }
        assertEquals(3, claimed.size());
    }

    private static OneTimeKey key(String name) {
        return new OneTimeKey(KeyId.of("curve25519", name), new JsonString("key of " + name));
    }

    private Optional<OneTimeKey> claim(H2Database database) {
        return database.transact(tx -> granting.grant(tx, WANTED));
    }
}
