package dev.hearth.storage;

import java.nio.file.Path;

/// Another process that tries to open a folder: the exit code tells how it went.
final class OpensFolder {

    private OpensFolder() {}

    public static void main(String[] arguments) {
        try (var _ = H2Database.open(Path.of(arguments[0]))) {
            System.exit(0);
        } catch (UnusableFolderException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }
}
