package dev.hearth.room;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The canonical form of an event as it is stored: a byte that tells the form, then the text,
/// deflated after a dictionary of what events usually hold and what the row knows already. What is
/// left is what nobody could have guessed: hashes, signatures, and what people say.
///
/// A dictionary that was once used must stay as it is for ever: a better one is a new form.
final class EventBody {

    private static final byte WITH_FIRST_DICTIONARY = 1;
    private static final byte[] FIRST_DICTIONARY = resource("event-dictionary-1.txt");

    /// No event is larger, by far: more than this is a broken row.
    private static final int MAX_BYTES = 1 << 20;

    private EventBody() {}

    static byte[] pack(byte[] canonical, RoomId room, UserId sender) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setDictionary(dictionary(room, sender));
            deflater.setInput(canonical);
            deflater.finish();
            var packed = new ByteArrayOutputStream(canonical.length / 2 + 64);
            packed.write(WITH_FIRST_DICTIONARY);
            var part = new byte[4_096];
            while (!deflater.finished()) {
                packed.write(part, 0, deflater.deflate(part));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    static byte[] unpack(byte[] packed, RoomId room, UserId sender) {
        if (packed[0] != WITH_FIRST_DICTIONARY) {
            throw new IllegalStateException("a body has the unknown form " + packed[0]);
        }
        var inflater = new Inflater(true);
        try {
            inflater.setDictionary(dictionary(room, sender));
            inflater.setInput(packed, 1, packed.length - 1);
            return inflate(inflater);
        } catch (DataFormatException e) {
            throw new IllegalStateException("the body of an event is broken", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflate(Inflater inflater) throws DataFormatException {
        var unpacked = new ByteArrayOutputStream(2_048);
        var part = new byte[4_096];
        while (!inflater.finished()) {
            int length = inflater.inflate(part);
            if (length == 0 && !inflater.finished() || unpacked.size() > MAX_BYTES) {
                throw new IllegalStateException("the body of an event is cut short, or endless");
            }
            unpacked.write(part, 0, length);
        }
        return unpacked.toByteArray();
    }

    /// What stands in the event in a row, in its canonical order. The nearest is the cheapest to
    /// point to, so this comes last.
    private static byte[] dictionary(RoomId room, UserId sender) {
        var known =
                "\"room_id\":\"%s\",\"sender\":\"%s\",\"signatures\":{\"%s\":{\"ed25519:"
                        .formatted(room, sender, sender.server())
                        .getBytes(StandardCharsets.UTF_8);
        var dictionary = new byte[FIRST_DICTIONARY.length + known.length];
        System.arraycopy(FIRST_DICTIONARY, 0, dictionary, 0, FIRST_DICTIONARY.length);
        System.arraycopy(known, 0, dictionary, FIRST_DICTIONARY.length, known.length);
        return dictionary;
    }

    private static byte[] resource(String name) {
        try (var stream = EventBody.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
