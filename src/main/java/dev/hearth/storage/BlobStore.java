package dev.hearth.storage;

import dev.hearth.storage.disk.Disk;
import dev.hearth.storage.disk.DiskFile;
import dev.hearth.storage.disk.RealDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// Large things, each a file of its own: media, thumbnails.
///
/// A blob is there as a whole or not at all, whenever the plug is pulled: it is written under
/// another name, forced, renamed at one stroke, and its folder forced. When [#store] has returned,
/// write the row that refers to it; and delete that row before the blob. So a row without its blob
/// can't be, and a blob without a row does no harm.
///
/// Files lie in folders by the first two characters of their names, so that none grows too large.
public final class BlobStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{3,128}");
    private static final int STEP = 64 << 10;

    private final Disk disk;
    private final Path folder;
    private final Path incoming;
    private final FreeSpace freeSpace;
    private final AtomicLong arrivals = new AtomicLong();

    private BlobStore(Disk disk, Path folder, long reserve) {
        this.disk = disk;
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
        this.freeSpace = new FreeSpace(disk, folder, reserve);
    }

    /// The store in a folder, made if there is none.
    ///
    /// @param reserve with less free space than this many bytes, nothing is stored
    public static BlobStore open(Path folder, long reserve) throws IOException {
        return open(folder, reserve, new RealDisk());
    }

    static BlobStore open(Path folder, long reserve, Disk disk) throws IOException {
        var store = new BlobStore(disk, folder.toAbsolutePath(), reserve);
        disk.makeFolder(store.incoming);
        for (var unfinished : disk.list(store.incoming)) {
            disk.delete(unfinished);
        }
        return store;
    }

    /// Stores under a name, over what has that name already.
    ///
    /// @param most how many bytes it may have
    /// @return empty if it has more: then nothing is stored
    /// @throws StorageFullException if the disk has no room
    public Optional<Blob> store(String name, InputStream content, long most) throws IOException {
        var place = place(name);
        var arrival = newArrival();
        try {
            long size = write(arrival, content, most, digest());
            if (size > most) {
                return Optional.empty();
            }
            publish(arrival, place);
            return Optional.of(new Blob(name, size));
        } finally {
            disk.delete(arrival);
        }
    }

    /// Stores under the name that its content gives it, the SHA-256 in hexadecimal digits: the same
    /// content is stored once.
    ///
    /// @param most how many bytes it may have
    /// @return empty if it has more: then nothing is stored
    /// @throws StorageFullException if the disk has no room
    public Optional<Blob> store(InputStream content, long most) throws IOException {
        var arrival = newArrival();
        try {
            var digest = digest();
            long size = write(arrival, content, most, digest);
            if (size > most) {
                return Optional.empty();
            }
            var name = HexFormat.of().formatHex(digest.digest());
            publish(arrival, place(name));
            return Optional.of(new Blob(name, size));
        } finally {
            disk.delete(arrival);
        }
    }

    private Path newArrival() {
        freeSpace.look();
        freeSpace.refuseIfFull();
        return incoming.resolve(Long.toString(arrivals.incrementAndGet()));
    }

    /// Writes and forces what comes; stops as soon as it is too much.
    private long write(Path arrival, InputStream content, long most, MessageDigest digest)
            throws IOException {
        long size = 0;
        try (var file = disk.open(arrival)) {
            var bytes = new byte[STEP];
            for (int got = content.read(bytes); got >= 0; got = content.read(bytes)) {
                digest.update(bytes, 0, got);
                file.write(ByteBuffer.wrap(bytes, 0, got), size);
                size += got;
                if (size > most) {
                    return size;
                }
            }
            file.force();
        }
        return size;
    }

    private void publish(Path arrival, Path place) throws IOException {
        var home = place.resolveSibling("");
        disk.makeFolder(home);
        disk.move(arrival, place);
        disk.forceFolder(home);
    }

    /// Opens a blob to read it; empty if there is none.
    public Optional<InputStream> read(String name) throws IOException {
        return open(name).map(file -> new BlobStream(file, 0));
    }

    /// Opens a blob to read it from a position on; empty if there is none.
    public Optional<InputStream> read(String name, long from) throws IOException {
        return open(name).map(file -> new BlobStream(file, from));
    }

    /// How large a blob is; empty if there is none.
    public Optional<Blob> find(String name) throws IOException {
        var file = open(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var opened = file.get()) {
            return Optional.of(new Blob(name, opened.size()));
        }
    }

    private Optional<DiskFile> open(String name) throws IOException {
        try {
            return Optional.of(disk.openExisting(place(name)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Deletes a blob; it is no fault if there is none. Delete the row that refers to it before.
    public void delete(String name) throws IOException {
        disk.delete(place(name));
    }

    private Path place(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a blob: " + name);
        }
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
