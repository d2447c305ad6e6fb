package dev.hearth.profile;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;

import dev.hearth.error.ErrorCode;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/// The name of a field, and what its value may be.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#common-namespaced-identifier-grammar Common
///   Namespaced Identifier Grammar
record ProfileField(String name) {

    static final ProfileField DISPLAY_NAME = new ProfileField("displayname");
    static final ProfileField AVATAR_URL = new ProfileField("avatar_url");
    private static final ProfileField TIME_ZONE = new ProfileField("m.tz");

    private static final Set<ProfileField> TEXTS = Set.of(DISPLAY_NAME, AVATAR_URL, TIME_ZONE);

    /// Names of our own kind are namespaced: they have a dot.
    private static final Pattern CUSTOM = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z0-9_-]+)+");

    private static final int MAX_NAME_BYTES = 255;

    /// Longer ones would make a member event that no room takes.
    private static final int MAX_TEXT_BYTES = 1_000;

    static ProfileField parse(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw error(ErrorCode.M_KEY_TOO_LARGE, "A profile field's name has at most 255 bytes");
        }
        var field = new ProfileField(name);
        if (!TEXTS.contains(field) && !CUSTOM.matcher(name).matches()) {
            throw invalidParam(
                    "A profile field is displayname, avatar_url, m.tz, or has a namespaced name of"
                            + " a-z 0-9 _ - and dots, such as org.example.pronouns");
        }
        return field;
    }

    /// Whether rooms show it.
    boolean isShownInRooms() {
        return equals(DISPLAY_NAME) || equals(AVATAR_URL);
    }

    /// The value in the body of a request, which has the field's name.
    JsonValue valueIn(JsonObject body) {
        var value = body.find(name).orElseThrow(() -> missingParam(name + ": missing"));
        if (TEXTS.contains(this)) {
            return new JsonString(text(body.string(name)));
        }
        return value;
    }

    private String text(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
            throw invalidParam(name + ": longer than " + MAX_TEXT_BYTES + " bytes");
        }
        return text;
    }

    /// Clients take their name or picture away by setting it to nothing.
    boolean isCleared(JsonValue value) {
        return TEXTS.contains(this) && value.equals(new JsonString(""));
    }

    @Override
    public String toString() {
        return name;
    }
}
