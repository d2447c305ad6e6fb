package dev.hearth.storage;

import dev.hearth.storage.disk.Disk;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/// Refuses changes while the disk is nearly full, so that it is never full in the middle of one.
///
/// The journal looks before each group that it writes. Once the disk was found full, every attempt
/// at a change looks again, so that changes are accepted as soon as there is room.
final class FreeSpace {

    private static final Logger LOG = System.getLogger(FreeSpace.class.getName());

    private final Disk disk;
    private final Path folder;
    private final long reserve;
    private volatile boolean full;

    FreeSpace(Disk disk, Path folder, long reserve) {
        this.disk = disk;
        this.folder = folder;
        this.reserve = reserve;
    }

    void look() {
        boolean before = full;
        try {
            full = disk.freeSpace(folder) < reserve;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The free space can't be told: " + e.getMessage());
        }
        if (full && !before) {
            LOG.log(Level.WARNING, "The disk is nearly full: changes are refused");
        } else if (before && !full) {
            LOG.log(Level.INFO, "The disk has room again: changes are accepted");
        }
    }

    /// Whether there is less than the reserve at this moment.
    boolean isShort() {
        look();
        return full;
    }

    /// @throws StorageFullException if there is no room
    void refuseIfFull() {
        if (full && isShort()) {
            throw new StorageFullException();
        }
    }
}
