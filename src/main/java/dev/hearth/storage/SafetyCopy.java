package dev.hearth.storage;

import dev.hearth.storage.disk.Disk;
import dev.hearth.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The copy of the database that is taken before its schema changes.
///
/// H2 commits each change of a schema by itself, so that a migration which is cut short leaves a
/// database between two schemas. The copy has one name while a migration runs and another one when
/// it has ended: a start that finds the first name puts the copy back and begins again.
final class SafetyCopy {

    private static final int STEP = 1 << 20;

    private final Disk disk;
    private final Path folder;
    private final Path database;
    private final Path unfinished;
    private final Path running;

    SafetyCopy(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
        this.database = folder.resolve("hearth.mv.db");
        this.unfinished = folder.resolve("hearth.copying");
        this.running = folder.resolve("hearth.migrating");
    }

    void restoreIfCutShort() throws IOException {
        if (disk.exists(running)) {
            copy(running, database);
        }
    }

    /// Copies the database, which has been saved and forced, and which nobody changes.
    void make() throws IOException {
        if (!disk.exists(running)) {
            copy(database, running);
        }
    }

    /// The migration has ended well.
    ///
    /// @param version of the schema that the copy has
    void keep(long version) throws IOException {
        if (disk.exists(running)) {
            disk.move(running, folder.resolve("hearth-schema-" + version + ".mv.db"));
            disk.forceFolder(folder);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        disk.delete(unfinished);
        try (var source = disk.open(from);
                var target = disk.open(unfinished)) {
            copy(source, target);
            target.force();
        }
        disk.move(unfinished, to);
        disk.forceFolder(folder);
    }

    private static void copy(DiskFile source, DiskFile target) throws IOException {
        var buffer = ByteBuffer.allocate(STEP);
        long at = 0;
        for (int got = source.read(buffer, 0); got > 0; got = source.read(buffer, at)) {
            target.write(buffer.flip(), at);
            at += got;
            buffer.clear();
        }
    }
}
