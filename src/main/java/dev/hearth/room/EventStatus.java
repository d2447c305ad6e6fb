package dev.hearth.room;

/// What became of an event when it was received.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu
///   Checks performed on receipt of a PDU
enum EventStatus {
    /// It is in the timeline, and others are built on it.
    ACCEPTED(0),
    /// It was allowed where it was made, and is not by what the room is now: nobody is shown it,
    /// but what others built on it counts it.
    SOFT_FAILED(1),
    /// The rules refuse it. It is kept so that it isn't asked for again.
    REJECTED(2),
    /// It is a ground of others, and its own place in the room is not known.
    OUTLIER(3);

    private final long code;

    EventStatus(long code) {
        this.code = code;
    }

    /// Its number in the database.
    long code() {
        return code;
    }

    static EventStatus of(long code) {
        for (var status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("there is no status " + code);
    }
}
