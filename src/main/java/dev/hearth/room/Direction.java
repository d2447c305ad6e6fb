package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;

/// The way in which a client walks through what was said.
enum Direction {
    BACKWARDS,
    FORWARDS;

    static Direction parse(String text) {
        return switch (text) {
            case "b" -> BACKWARDS;
            case "f" -> FORWARDS;
            default -> throw invalidParam("dir: expected b or f");
        };
    }
}
