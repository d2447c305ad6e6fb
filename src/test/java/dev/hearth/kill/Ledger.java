package dev.hearth.kill;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What was asked for and what was answered, in the order in which it happened, on disk: when a
/// test fails, this is what there is to read.
final class Ledger implements AutoCloseable {

    private final BufferedWriter writer;

    Ledger(Path file) {
        try {
            this.writer =
                    Files.newBufferedWriter(
                            file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void invoke(String who, String what) {
        line("invoke " + who + " " + what);
    }

    void ok(String who, String what) {
        line("ok " + who + " " + what);
    }

    void killed(int cycle) {
        line("killed " + cycle);
    }

    private synchronized void line(String line) {
        try {
            writer.write(line);
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
