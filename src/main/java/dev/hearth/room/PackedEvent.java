package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.event.SignedEvent;
import dev.hearth.json.CanonicalJson;

/// An event with its body as it is stored: packed where it was made, before anybody waits for the
/// database.
final class PackedEvent {

    private final Pdu pdu;
    private final byte[] body;

    private PackedEvent(Pdu pdu, byte[] canonical) {
        this.pdu = pdu;
        this.body = EventBody.pack(canonical, pdu.roomId(), pdu.sender());
    }

    static PackedEvent of(SignedEvent signed) {
        return new PackedEvent(signed.pdu(), signed.canonical());
    }

    static PackedEvent of(Pdu pdu) {
        return new PackedEvent(pdu, CanonicalJson.writeLenient(pdu.json()));
    }

    Pdu pdu() {
        return pdu;
    }

    byte[] body() {
        return body;
    }
}
