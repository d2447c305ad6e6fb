package dev.hearth;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.ServerName;
import dev.hearth.signing.SigningKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The folder with all that a server is: private to its user, and remembering its name for ever.
final class DataFolder {

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /// Makes the folder, or finds it as another start left it.
    ///
    /// @throws IllegalStateException in words, if it belongs to a server of another name
    void open(ServerName name) throws IOException {
        Files.createDirectories(folder);
        makePrivate(folder, "rwx------");
        var file = folder.resolve("server_name");
        if (!Files.exists(file)) {
            write(file, name + "\n");
        }
        var remembered = Files.readString(file).strip();
        if (!remembered.equals(name.value())) {
            throw new IllegalStateException(
                    "The data in "
                            + folder
                            + " is that of the server "
                            + remembered
                            + ", and a server's name is for ever: start with --server-name "
                            + remembered
                            + ", or set data_dir to another folder");
        }
    }

    /// The server's signing key, made at the first start.
    SigningKey signingKey(RandomGenerator secrets) throws IOException {
        var file = folder.resolve("signing.key");
        var id = KeyId.of("ed25519", "auto");
        if (Files.exists(file)) {
            return new SigningKey(id, HexFormat.of().parseHex(Files.readString(file).strip()));
        }
        var key = SigningKey.generate(id, secrets);
        write(file, HexFormat.of().formatHex(key.seed()) + "\n");
        return key;
    }

    /// Writes a file that is there as a whole or not at all, whatever happens meanwhile.
    private void write(Path file, String text) throws IOException {
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished);
        makePrivate(unfinished, "rw-------");
        Files.writeString(unfinished, text, StandardOpenOption.SYNC);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (var names = FileChannel.open(folder)) {
            names.force(true);
        }
    }

    Path path() {
        return folder;
    }

    /// Lets nobody but the user of the process read or write it, where the file system knows users.
    static void makePrivate(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var wanted = PosixFilePermissions.fromString(permissions);
            if (!wanted.containsAll(Files.getPosixFilePermissions(path))) {
                Files.setPosixFilePermissions(path, wanted);
            }
        }
    }
}
