package dev.hearth.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Writes pages in their order, few at a time, and forces each file before it writes the next one.
final class PageWriter {

    private static final int AT_ONCE = 256 << 10;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(AT_ONCE);

    // A file is itself, not one that is like it.
    @SuppressWarnings("ReferenceEquality")
    void write(List<Page> pages) throws IOException {
        Page before = pages.getFirst();
        long start = before.position();
        for (var page : pages) {
            if (page.file() != before.file()
                    || page.position() != start + buffer.position()
                    || page.bytes().remaining() > buffer.remaining()) {
                writeBuffer(before, start);
                start = page.position();
            }
            if (page.file() != before.file()) {
                before.file().force();
            }
            before = page;
            if (page.bytes().remaining() > buffer.capacity()) {
                start = page.end();
                page.file().write(page.bytes(), page.position());
            } else {
                buffer.put(page.bytes());
            }
        }
        writeBuffer(before, start);
        before.file().force();
    }

    private void writeBuffer(Page of, long start) throws IOException {
        buffer.flip();
        if (buffer.hasRemaining()) {
            of.file().write(buffer, start);
        }
        buffer.clear();
    }
}
