package dev.hearth.event;

/// An event of ours, with its canonical form, which was made for its hashes and is good for more.
public final class SignedEvent {

    private final Pdu pdu;
    private final byte[] canonical;

    SignedEvent(Pdu pdu, byte[] canonical) {
        this.pdu = pdu;
        this.canonical = canonical;
    }

    public Pdu pdu() {
        return pdu;
    }

    /// How many bytes it has, which size limits count.
    public int length() {
        return canonical.length;
    }

    /// The canonical form.
    public byte[] canonical() {
        return canonical.clone();
    }
}
