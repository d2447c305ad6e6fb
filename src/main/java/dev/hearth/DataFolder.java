package dev.hearth;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.ServerName;
import dev.hearth.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The folder with all that a server is: private to its user, and remembering its name for ever.
final class DataFolder {

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder;
    }

    /// Makes the folder, or finds it as another start left it.
    ///
    /// @throws IllegalStateException in words, if it belongs to a server of another name
    void open(ServerName name) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            makePrivate(folder, "rwx------");
        }
        var file = folder.resolve("server_name");
        if (!Files.exists(file)) {
            Files.writeString(file, name + "\n");
            makePrivate(file, "rw-------");
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
        Files.writeString(file, HexFormat.of().formatHex(key.seed()) + "\n");
        makePrivate(file, "rw-------");
        return key;
    }

    Path path() {
        return folder;
    }

    private static void makePrivate(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
