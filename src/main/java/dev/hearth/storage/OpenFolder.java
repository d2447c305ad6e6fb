package dev.hearth.storage;

import dev.hearth.storage.disk.Disk;
import dev.hearth.storage.disk.FolderInUseException;
import dev.hearth.storage.journal.JournalFolder;
import dev.hearth.storage.journal.JournalGapException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/// A data folder that is ours alone, with a database in it that has all that its journal tells.
///
/// The order of opening: lock the folder; put back the copy of a migration that was cut short; open
/// H2; replay the journal under the schema that it was written with; bring the schema up to date;
/// save and force. Only then does a new segment of the journal begin, and only then may the old
/// ones be written over.
final class OpenFolder implements Closeable {

    private final Disk disk;
    private final Path path;
    private final Closeable lock;
    private final Volume volume;
    private final Connections connections;
    private final JdbcReading writer;
    private final H2Store store;
    private final JournalFolder journal;
    private final long lastTransaction;

    private OpenFolder(
            Foundation foundation, Path path, Closeable lock, Volume volume, JournalFolder journal)
            throws IOException {
        this.disk = foundation.disk();
        this.path = path;
        this.lock = lock;
        this.volume = volume;
        this.journal = journal;
        this.connections = new Connections(volume.url());
        this.writer = connections.writer();
        this.store = new H2Store(writer.connection());
        try {
            this.lastTransaction = recover(foundation.migrations());
        } catch (IOException | RuntimeException e) {
            shutDown();
            throw e;
        }
    }

    /// @throws UnusableFolderException if somebody else has it, or it isn't whole
    /// @throws NewerSchemaException if a newer Hearth has been here
    static OpenFolder open(Foundation foundation, Path path, StorageSettings settings)
            throws IOException {
        var disk = foundation.disk();
        disk.makeFolder(path);
        var lock = lock(disk, path);
        var volume = Volume.mount(disk, path, foundation.order());
        try {
            new SafetyCopy(disk, path).restoreIfCutShort();
            var journal =
                    JournalFolder.open(
                            disk,
                            path.resolve("journal"),
                            settings.segmentBytes(),
                            settings.sparesKept());
            return new OpenFolder(foundation, path, lock, volume, journal);
        } catch (JournalGapException e) {
            close(volume, lock);
            throw new UnusableFolderException(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            close(volume, lock);
            throw e;
        }
    }

    private static Closeable lock(Disk disk, Path path) throws IOException {
        try {
            return disk.lock(path);
        } catch (FolderInUseException e) {
            throw new UnusableFolderException("The data folder " + e.getMessage());
        }
    }

    private long recover(Migrations migrations) throws IOException {
        long version = migrations.version(writer);
        if (version == 0 && journal.isUsed()) {
            throw new UnusableFolderException(
                    "There is a journal in "
                            + path
                            + ", but the database that it belongs to (hearth.mv.db) is missing:"
                            + " restore both from a backup");
        }
        long last = replay();
        var copy = new SafetyCopy(disk, path);
        if (version > 0 && version < migrations.newest()) {
            saveAndForce();
            copy.make();
        }
        migrations.run(writer, version);
        Positions.makeTable(writer);
        // Once more, for an empty database was emptied of this as well.
        Mark.find(writer);
        saveAndForce();
        copy.keep(version);
        return last;
    }

    private long replay() throws IOException {
        long mark = Mark.find(writer);
        try {
            writer.connection().setAutoCommit(false);
            long last = journal.replay(mark, new Replay(writer));
            writer.connection().rollback();
            writer.connection().setAutoCommit(true);
            return last;
        } catch (SQLException e) {
            throw new StorageException("replaying the journal", e);
        }
    }

    private void saveAndForce() throws IOException {
        store.save();
        store.sync();
        disk.forceFolder(path);
    }

    Disk disk() {
        return disk;
    }

    Path path() {
        return path;
    }

    Volume volume() {
        return volume;
    }

    Connections connections() {
        return connections;
    }

    JdbcReading writer() {
        return writer;
    }

    H2Store store() {
        return store;
    }

    JournalFolder journal() {
        return journal;
    }

    /// The sequence number of the last transaction, which is on the disk with all before it.
    long lastTransaction() {
        return lastTransaction;
    }

    /// Gives the folder back. What the engine didn't save is lost to it.
    @Override
    public void close() throws IOException {
        shutDown();
        close(volume, lock);
    }

    private void shutDown() {
        store.shutDown();
        writer.close();
    }

    private static void close(Volume volume, Closeable lock) throws IOException {
        volume.close();
        lock.close();
    }
}
