package dev.hearth.storage;

import dev.hearth.concurrent.Permits;
import dev.hearth.concurrent.Repeating;
import dev.hearth.storage.journal.Journal;
import dev.hearth.storage.journal.TransactionLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/// The promise that an acknowledged change survives the plug: the journal first, H2 behind it, and
/// now and then a checkpoint, from which on the journal before it isn't needed any more.
final class OnDisk implements Durability, Journal.Owner {

    private static final Logger LOG = System.getLogger(OnDisk.class.getName());

    /// With less journal than this since the last checkpoint, nobody is in a hurry.
    private static final long QUIET = 4 << 20;

    private final OpenFolder folder;
    private final StorageSettings settings;
    private final Permits writing;
    private final FreeSpace freeSpace;
    private final Journal journal;
    private final Repeating checkpoints;
    private volatile long saved;
    private volatile boolean broken;

    OnDisk(OpenFolder folder, StorageSettings settings, Permits writing) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.writing = writing;
        this.freeSpace = new FreeSpace(folder.disk(), folder.path(), settings.reserveBytes());
        this.saved = folder.lastTransaction();
        this.journal = Journal.begin(folder.journal(), saved, this);
        folder.volume().writeAhead(journal::force);
        freeSpace.look();
        this.checkpoints =
                Repeating.every(settings.checkpointInterval(), "checkpoint", this::checkpoint);
    }

    @Override
    public void refuseIfFull() {
        freeSpace.refuseIfFull();
    }

    @Override
    public void commit(TransactionLog log) throws SQLException {
        var writer = folder.writer();
        if (log.isEmpty()) {
            writer.connection().commit();
            return;
        }
        writer.execute(Mark.UPDATE, journal.next());
        journal.append(log);
        boolean committed = false;
        try {
            writer.connection().commit();
            committed = true;
        } finally {
            if (!committed) {
                // From here on the two would tell different stories.
                fatal("H2 failed to commit what the journal has");
            }
        }
        if (journal.bytesSinceCheckpoint() > settings.checkpointBytes()) {
            checkpoints.soon();
        }
    }

    @Override
    public void checkEngine() {
        if (!broken) {
            folder.store()
                    .failure()
                    .ifPresent(e -> {
                        LOG.log(Level.ERROR, "The database engine has failed", e);
                        fatal("Nothing can be stored");
                    });
        }
    }

    @Override
    public void settle() {
        journal.force();
    }

    /// Not on a full disk: the journal, which has its room already, tells all that would be saved.
    void checkpoint() {
        if (freeSpace.isShort()) {
            return;
        }
        try {
            long upTo = savePicture();
            if (upTo > saved) {
                folder.store().sync();
                journal.recycle(upTo);
                saved = upTo;
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "A checkpoint failed", e);
            fatal("The database can't be saved");
        }
    }

    private long savePicture() {
        try (var _ = writing.take()) {
            long upTo = journal.appended();
            if (upTo > saved) {
                if (journal.bytesSinceCheckpoint() < QUIET) {
                    folder.store().compact();
                }
                folder.store().save();
            }
            return upTo;
        }
    }

    @Override
    public void beforeGroup() {
        freeSpace.look();
    }

    @Override
    public void failed(IOException cause) {
        LOG.log(Level.ERROR, "Writing the journal failed", cause);
        fatal("The journal can't be written");
    }

    private void fatal(String what) {
        broken = true;
        LOG.log(Level.ERROR, what + ". Nothing more can be promised: the server ends");
        settings.onFatal().run();
    }

    @Override
    public void close() {
        checkpoints.close();
        try (var _ = writing.take()) {
            if (!broken) {
                journal.force();
                saveAtTheEnd();
            }
            closeFiles();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + folder.path(), e);
        }
    }

    private void saveAtTheEnd() {
        if (!freeSpace.isShort()) {
            folder.writer().execute("SHUTDOWN");
        }
    }

    private void closeFiles() throws IOException {
        journal.close();
        folder.close();
    }

    /// Lets space be used again at once, for tests: no space is free for so short in life.
    void reuseSpaceAtOnce() {
        folder.store().reuseSpaceAtOnce();
    }

    /// Closes as a loss of power would: nothing more reaches the disk.
    void kill() {
        broken = true;
        checkpoints.close();
        try {
            closeFiles();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "After a power cut", e);
        }
    }
}
