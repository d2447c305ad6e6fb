package dev.hearth.configuration;

import java.net.URI;
import java.util.List;

/// What the value of a setting may be. What it may not be is an `IllegalArgumentException` without
/// words: the setting says what is right.
final class Acceptable {

    private Acceptable() {}

    static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    static long within(long least, long number, long most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    static double within(double least, double number, double most) {
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    static URI webAddress(String text) {
        var address = URI.create(text);
        boolean web = List.of("http", "https").contains(address.getScheme());
        if (!web || address.getHost() == null) {
            throw new IllegalArgumentException();
        }
        return address;
    }
}
