package dev.hearth.http;

import static dev.hearth.error.MatrixException.invalidParam;

import java.util.regex.Pattern;

/// Where a list goes on: a number behind a letter, so that the token of one list isn't taken for
/// that of another.
public record PageToken(char letter) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /// The token that goes on at a number.
    public String of(long number) {
        return letter + Long.toString(number);
    }

    /// The number of a token that was given out.
    ///
    /// @param name of the parameter that it comes in
    public long parse(String name, String token) {
        if (token.isEmpty()
                || token.charAt(0) != letter
                || !NUMBER.matcher(token.substring(1)).matches()) {
            throw invalidParam(name + ": this is no token that was given out here");
        }
        return Long.parseLong(token.substring(1));
    }
}
