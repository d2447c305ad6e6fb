package dev.hearth.configuration;

import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonSyntaxException;
import dev.hearth.json.JsonValue;

/// A value on the command line or in the environment: JSON, or a word that needs no quotes.
final class BareWord {

    private BareWord() {}

    static JsonValue read(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonSyntaxException _) {
            return new JsonString(text);
        }
    }
}
