package dev.hearth.storage.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// A file of a [SimulatedDisk]: what is read, what is on the disk, and the steps between the two.
final class SimulatedFile {

    private static final int BLOCK = 4096;

    private sealed interface Step {
        record Write(long position, byte[] bytes) implements Step {}

        record Truncate(long size) implements Step {}
    }

    private static final class Content {
        private byte[] bytes = new byte[0];
        private int size;

        private void apply(Step step) {
            switch (step) {
                case Step.Write(long position, byte[] written) -> {
                    int end = Math.toIntExact(position + written.length);
                    if (end > bytes.length) {
                        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
                    }
                    System.arraycopy(written, 0, bytes, (int) position, written.length);
                    size = Math.max(size, end);
                }
                case Step.Truncate(long shorter) -> {
                    int end = Math.toIntExact(Math.min(size, shorter));
                    Arrays.fill(bytes, end, size, (byte) 0);
                    size = end;
                }
            }
        }

        private Content copy() {
            var copy = new Content();
            copy.bytes = Arrays.copyOf(bytes, size);
            copy.size = size;
            return copy;
        }
    }

    private final Content seen = new Content();
    private Content forced = new Content();
    private final List<Step> unforced = new ArrayList<>();
    private long forcedSteps;

    synchronized int read(ByteBuffer into, long position) {
        if (position >= seen.size) {
            return -1;
        }
        int length = (int) Math.min(into.remaining(), seen.size - position);
        into.put(seen.bytes, (int) position, length);
        return length;
    }

    /// Writes block by block, each of which may be lost for itself.
    synchronized void write(ByteBuffer from, long position) {
        long at = position;
        while (from.hasRemaining()) {
            int length = (int) Math.min(from.remaining(), BLOCK - at % BLOCK);
            var bytes = new byte[length];
            from.get(bytes);
            take(new Step.Write(at, bytes));
            at += length;
        }
    }

    synchronized void truncate(long size) {
        take(new Step.Truncate(size));
    }

    private void take(Step step) {
        seen.apply(step);
        unforced.add(step);
    }

    synchronized long size() {
        return seen.size;
    }

    /// Up to which step is forced, when a force begins now.
    synchronized long newestStep() {
        return forcedSteps + unforced.size();
    }

    synchronized void forced(long upTo) {
        // Another force may have been faster.
        if (upTo > forcedSteps) {
            var done = unforced.subList(0, (int) (upTo - forcedSteps));
            done.forEach(forced::apply);
            done.clear();
            forcedSteps = upTo;
        }
    }

    /// What a power cut leaves: what was forced, and any of what was not.
    synchronized SimulatedFile afterPowerCut(RandomGenerator chance) {
        var left = forced.copy();
        for (var step : unforced) {
            if (chance.nextBoolean()) {
                left.apply(step);
            }
        }
        var file = new SimulatedFile();
        file.forced = left;
        file.seen.apply(new Step.Write(0, left.copy().bytes));
        return file;
    }
}
