package dev.hearth.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// What the database needs of a disk. There is the real one, and in tests one that loses power.
public interface Disk {

    /// Opens a file for reading and writing, and makes it if there is none.
    DiskFile open(Path file) throws IOException;

    /// Opens a file that is there.
    ///
    /// @throws NoSuchFileException if it isn't
    DiskFile openExisting(Path file) throws IOException;

    boolean exists(Path file);

    /// The names of the files in a folder, in no order.
    List<Path> list(Path folder) throws IOException;

    /// Makes a folder and those above it, if there are none. Their names are on the disk then.
    void makeFolder(Path folder) throws IOException;

    /// Deletes a file; it is no fault if there is none.
    void delete(Path file) throws IOException;

    /// Renames a file at one stroke, over another one if there is one.
    void move(Path from, Path to) throws IOException;

    /// Returns when the names in a folder are on the disk.
    void forceFolder(Path folder) throws IOException;

    /// How many bytes could still be written.
    long freeSpace(Path folder) throws IOException;

    /// Takes a folder for itself, against another process as against a second taker in this one.
    ///
    /// @return what gives it back
    /// @throws FolderInUseException if somebody has it
    Closeable lock(Path folder) throws IOException;
}
