package dev.hearth.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.h2.store.fs.FilePath;

/// The files of a [Volume], in the words of H2: `hearth:7/hearth.mv.db`, or `hearth:7` for the
/// folder itself.
final class HearthPath extends FilePath {

    private final String volume;
    private final String file;

    HearthPath(String volume, String file) {
        this.volume = volume;
        this.file = file;
        this.name = Volume.SCHEME + ":" + volume + (file.isEmpty() ? "" : "/" + file);
    }

    @Override
    public String getScheme() {
        return Volume.SCHEME;
    }

    @Override
    public FilePath getPath(String path) {
        var rest = path.substring(Volume.SCHEME.length() + 1);
        int slash = rest.indexOf('/');
        return slash < 0
                ? new HearthPath(rest, "")
                : new HearthPath(rest.substring(0, slash), rest.substring(slash + 1));
    }

    private Path path() {
        return Volume.of(volume).folder().resolve(file);
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        var where = Volume.of(volume);
        return new BarrierFile(where, where.disk().open(path()));
    }

    @Override
    public boolean exists() {
        return isDirectory() || Volume.of(volume).disk().exists(path());
    }

    @Override
    public boolean isDirectory() {
        return file.isEmpty();
    }

    @Override
    public boolean isRegularFile() {
        return !isDirectory() && exists();
    }

    @Override
    public long size() {
        try (var channel = open("r")) {
            return channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    @Override
    public boolean createFile() {
        if (exists()) {
            return false;
        }
        try (var channel = open("rw")) {
            return channel.isOpen();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    @Override
    public void delete() {
        try {
            Volume.of(volume).disk().delete(path());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    @Override
    public void moveTo(FilePath newName, boolean atomicReplace) {
        try {
            Volume.of(volume).disk().move(path(), ((HearthPath) newName).path());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        try {
            return Volume.of(volume).disk().list(path()).stream()
                    .<FilePath>map(
                            found -> new HearthPath(volume, String.valueOf(found.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    @Override
    public FilePath getParent() {
        return new HearthPath(volume, "");
    }

    @Override
    public FilePath toRealPath() {
        return this;
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    /// H2 asks for this only of its own lock files, which we don't use.
    @Override
    public long lastModified() {
        return 0;
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public void createDirectory() {
        // The folder is there already, and H2 needs no other.
    }

    @Override
    public boolean setReadOnly() {
        return false;
    }
}
