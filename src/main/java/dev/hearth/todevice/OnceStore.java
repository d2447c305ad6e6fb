package dev.hearth.todevice;

import dev.hearth.signing.Sha256;
import dev.hearth.storage.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// `to_device_once(hash, digest, day_number)`: which requests were carried out. The key is the
/// beginning of the digest; where another request has it already, the next free one is taken.
final class OnceStore {

    private static final String FIND =
            """
            SELECT digest FROM to_device_once WHERE hash = ?
            """;

    private static final String INSERT =
            """
            INSERT INTO to_device_once (hash, digest, day_number) VALUES (?, ?, ?)
            """;

    private static final String DELETE_BEFORE =
            """
            DELETE FROM to_device_once WHERE day_number < ?
            """;

    /// Remembers the request and tells whether it is new.
    boolean isFirst(Transaction tx, ToDeviceRequest request, long day) {
        var digest = digest(request);
        long hash = ByteBuffer.wrap(digest).getLong();
        var found = find(tx, hash);
        while (found.isPresent()) {
            if (Arrays.equals(found.get(), digest)) {
                return false;
            }
            hash++;
            found = find(tx, hash);
        }
        tx.execute(INSERT, hash, digest, day);
        return true;
    }

    void deleteBefore(Transaction tx, long day) {
        tx.execute(DELETE_BEFORE, day);
    }

    private static Optional<byte[]> find(Transaction tx, long hash) {
        return tx.find(FIND, row -> row.bytes("digest"), hash);
    }

    private static byte[] digest(ToDeviceRequest request) {
        // A NUL can stand in none of the three, so no two requests are written alike.
        var text = request.sender() + "\0" + request.device() + "\0" + request.path();
        return Sha256.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
