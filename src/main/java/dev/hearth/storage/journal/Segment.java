package dev.hearth.storage.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The segment that is being written: where its next record goes, and its dictionary.
final class Segment {

    /// Length, checksum and sequence number.
    static final int RECORD_HEADER = 2 * Integer.BYTES + Long.BYTES;

    private final SegmentFile file;
    private final SegmentFile.Header header;
    private final Map<String, Integer> dictionary = new HashMap<>();
    private int position = SegmentFile.HEADER;
    private long last;

    Segment(SegmentFile file, SegmentFile.Header header) {
        this.file = file;
        this.header = header;
        this.last = header.first() - 1;
    }

    SegmentFile file() {
        return file;
    }

    /// The sequence number of the newest record.
    long last() {
        return last;
    }

    /// The page that begins it, to be written before all others.
    Page header() {
        return new Page(file.file(), 0, SegmentFile.encode(header));
    }

    /// Encodes a transaction as the next record; empty if the segment has no room for it.
    Optional<Page> add(TransactionLog log) {
        var words = new HashMap<String, Integer>();
        var record = encode(log, dictionary, words);
        if (position + record.size() > file.size()) {
            return Optional.empty();
        }
        long sequence = last + 1;
        var bytes = record.buffer();
        var payload = bytes.slice(RECORD_HEADER, bytes.limit() - RECORD_HEADER);
        bytes.putInt(0, payload.remaining());
        bytes.putInt(Integer.BYTES, Checksum.of(header.generation(), sequence, payload));
        bytes.putLong(2 * Integer.BYTES, sequence);
        var page = new Page(file.file(), position, bytes);
        dictionary.putAll(words);
        position += record.size();
        last = sequence;
        return Optional.of(page);
    }

    private static Encoder encode(
            TransactionLog log, Map<String, Integer> dictionary, Map<String, Integer> words) {
        var record = new Encoder(1024);
        record.skip(RECORD_HEADER);
        record.number(log.statements().size());
        for (var statement : log.statements()) {
            var sql = statement.sql();
            var known = dictionary.get(sql);
            if (known == null) {
                known = words.get(sql);
            }
            if (known == null) {
                int word = dictionary.size() + words.size();
                words.put(sql, word);
                record.number(word);
                record.text(sql);
            } else {
                record.number(known);
            }
            log.copyParameters(statement, record);
        }
        return record;
    }

    /// How large a segment must be for this transaction alone, at most.
    static int roomFor(TransactionLog log) {
        return SegmentFile.HEADER + encode(log, Map.of(), new HashMap<>()).size();
    }
}
