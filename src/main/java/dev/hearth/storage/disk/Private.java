package dev.hearth.storage.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// The permissions that keep others out, where the file system knows permissions.
final class Private {

    private static final String FILE = "rw-------";
    private static final String FOLDER = "rwx------";

    private Private() {}

    static FileAttribute<?>[] file(Path path) {
        return attributes(path, FILE);
    }

    static FileAttribute<?>[] folder(Path path) {
        return attributes(path, FOLDER);
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return knowsPermissions(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /// For a file that was there already, with whatever permissions.
    static void makeFile(Path path) throws IOException {
        if (knowsPermissions(path)) {
            var wanted = PosixFilePermissions.fromString(FILE);
            if (!Files.getPosixFilePermissions(path).equals(wanted)) {
                Files.setPosixFilePermissions(path, wanted);
            }
        }
    }

    private static boolean knowsPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
