package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;

import dev.hearth.http.Request;

/// The way in which a client walks through what was said.
enum Direction {
    BACKWARDS,
    FORWARDS;

    /// The one that a request must name.
    static Direction of(Request request) {
        return request.query("dir")
                .filter(text -> !text.isEmpty())
                .map(Direction::parse)
                .orElseThrow(() -> missingParam("dir: expected b or f"));
    }

    static Direction parse(String text) {
        return switch (text) {
            case "b" -> BACKWARDS;
            case "f" -> FORWARDS;
            default -> throw invalidParam("dir: expected b or f");
        };
    }
}
