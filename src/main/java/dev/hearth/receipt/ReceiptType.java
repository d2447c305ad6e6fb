package dev.hearth.receipt;

import static dev.hearth.error.MatrixException.invalidParam;

/// The kinds of receipts that clients send.
enum ReceiptType {
    READ("m.read"),
    READ_PRIVATE("m.read.private"),
    FULLY_READ("m.fully_read");

    private final String wireName;

    ReceiptType(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    static ReceiptType parse(String text) {
        for (var type : values()) {
            if (type.wireName.equals(text)) {
                return type;
            }
        }
        throw invalidParam(
                "receiptType is m.read, m.read.private or m.fully_read, and not " + text);
    }
}
