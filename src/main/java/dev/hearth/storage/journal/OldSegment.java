package dev.hearth.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A segment that an earlier run wrote.
record OldSegment(SegmentFile file, SegmentFile.Header header) {

    /// Replays the records from one on and before another one, as far as they are whole.
    ///
    /// @return the sequence number of the record that would have come next
    long replay(long from, long limit, Replayer replayer) throws IOException {
        var bytes = file.read(SegmentFile.HEADER, Math.max(0, file.size() - SegmentFile.HEADER));
        var dictionary = new ArrayList<String>();
        long next = header.first();
        while (next < limit && hasRecord(bytes, next)) {
            int length = bytes.getInt(bytes.position());
            var payload = bytes.slice(bytes.position() + Segment.RECORD_HEADER, length);
            apply(payload, dictionary, next >= from ? replayer : NOTHING);
            if (next >= from) {
                replayer.commit(next);
            }
            bytes.position(bytes.position() + Segment.RECORD_HEADER + length);
            next++;
        }
        return next;
    }

    private boolean hasRecord(ByteBuffer bytes, long sequence) {
        if (bytes.remaining() < Segment.RECORD_HEADER) {
            return false;
        }
        int at = bytes.position();
        int length = bytes.getInt(at);
        if (length <= 0
                || length > bytes.remaining() - Segment.RECORD_HEADER
                || bytes.getLong(at + 2 * Integer.BYTES) != sequence) {
            return false;
        }
        var payload = bytes.slice(at + Segment.RECORD_HEADER, length);
        return bytes.getInt(at + Integer.BYTES)
                == Checksum.of(header.generation(), sequence, payload);
    }

    private static void apply(ByteBuffer payload, List<String> dictionary, Replayer replayer) {
        var decoder = new Decoder(payload);
        for (int left = decoder.number(); left > 0; left--) {
            int word = decoder.number();
            if (word == dictionary.size()) {
                dictionary.add(decoder.text());
            }
            replayer.execute(dictionary.get(word), decoder.columns());
        }
    }

    /// For records that the database knows already: only their words are needed.
    private static final Replayer NOTHING =
            new Replayer() {
                @Override
                public void execute(String sql, @Nullable Object[] columns) {}

                @Override
                public void commit(long sequence) {}
            };
}
