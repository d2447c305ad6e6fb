package dev.hearth.storage;

import java.time.Duration;

/// How the database treats its disk.
///
/// @param segmentBytes the size of the journal's files
/// @param checkpointBytes after how much journal the database itself is saved
/// @param checkpointInterval after how much time it is saved at the latest
/// @param reserveBytes with less free space than this, changes are refused
/// @param onFatal ends the process: what the disk holds is unknown, and only a new start tells
public record StorageSettings(
        int segmentBytes,
        long checkpointBytes,
        Duration checkpointInterval,
        long reserveBytes,
        Runnable onFatal) {

    public static final StorageSettings DEFAULT =
            new StorageSettings(8 << 20, 64 << 20, Duration.ofSeconds(60), 64 << 20, () -> {});

    private static final int SMALLEST_SEGMENT = 64 << 10;

    public StorageSettings {
        if (segmentBytes < SMALLEST_SEGMENT || checkpointBytes < segmentBytes) {
            throw new IllegalArgumentException(
                    "a segment must have 64 KiB and be smaller than what is between checkpoints");
        }
    }

    public StorageSettings withReserve(long bytes) {
        return new StorageSettings(
                segmentBytes, checkpointBytes, checkpointInterval, bytes, onFatal);
    }

    public StorageSettings onFatal(Runnable action) {
        return new StorageSettings(
                segmentBytes, checkpointBytes, checkpointInterval, reserveBytes, action);
    }

    /// How many free segments are worth keeping.
    int sparesKept() {
        return (int) (checkpointBytes / segmentBytes) + 2;
    }
}
