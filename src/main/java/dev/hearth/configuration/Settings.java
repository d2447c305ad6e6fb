package dev.hearth.configuration;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongFunction;

/// All that was set, the stronger over the weaker, and the problems found on the way. Keys are
/// paths: `registration.enabled`.
final class Settings {

    /// What is right where any text is.
    static final String TEXT = "expected a text that is not empty";

    private static final String SECRET = "secret";

    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /// @param text the value as it was written where it may not have been meant as JSON
    private record Setting(JsonValue value, Optional<String> text, String origin) {}

    /// Sets a value, or, where it is an object, everything in it.
    void set(String key, JsonValue value, String origin) {
        set(key, new Setting(value, Optional.empty(), origin));
    }

    /// Sets a value that is JSON or, if it isn't, a bare word.
    void setText(String key, String text, String origin) {
        set(key, new Setting(BareWord.read(text), Optional.of(text), origin));
    }

    private void set(String key, Setting setting) {
        if (setting.value() instanceof JsonObject section) {
            for (var member : section.members().entrySet()) {
                var inner = key.isEmpty() ? member.getKey() : key + "." + member.getKey();
                set(inner, member.getValue(), setting.origin());
            }
        } else if (setting.value() == JsonNull.NULL) {
            settings.remove(key);
        } else {
            settings.put(key, setting);
        }
    }

    /// Takes over another's settings and problems, as the stronger ones.
    void setAll(Settings stronger) {
        settings.putAll(stronger.settings);
        problems.addAll(stronger.problems);
    }

    void problem(String key, String found, String right) {
        problems.add(new Problem(key, found, right));
    }

    List<Problem> problems() {
        return problems;
    }

    /// Complains about every key that is not among these.
    void allowOnly(List<String> known) {
        settings.forEach((key, setting) -> {
            if (!known.contains(key)) {
                problem(
                        key,
                        found(key, setting),
                        "there is no such setting; there are " + String.join(", ", known));
            }
        });
    }

    boolean has(String key) {
        return settings.containsKey(key);
    }

    /// Complains if nothing was set.
    void require(String key, String right) {
        if (!has(key)) {
            problem(key, "nothing", right);
        }
    }

    /// A text of the wanted kind.
    ///
    /// @param parse throws an `IllegalArgumentException`, or another unchecked one, for what is not
    ///   of that kind
    <T> T text(String key, T otherwise, String right, Function<String, T> parse) {
        return value(key, otherwise, right, setting -> parse.apply(string(setting)));
    }

    /// A text of the wanted kind, if one was set.
    <T> Optional<T> find(String key, String right, Function<String, T> parse) {
        return text(key, Optional.empty(), right, text -> Optional.of(parse.apply(text)));
    }

    /// A text that isn't shown again, if one was set.
    Optional<Secret> secret(String key) {
        return find(key, TEXT, text -> new Secret(Acceptable.notEmpty(text)));
    }

    private static String string(Setting setting) {
        if (setting.value() instanceof JsonString(var string)) {
            return string;
        }
        return setting.text().orElseThrow(IllegalArgumentException::new);
    }

    boolean flag(String key, boolean otherwise) {
        return value(
                key,
                otherwise,
                "expected true or false",
                setting -> {
                    if (setting.value() instanceof JsonBoolean bool) {
                        return bool.value();
                    }
                    throw new IllegalArgumentException();
                });
    }

    /// A value that may be a text or a whole number.
    <T> T textOrNumber(
            String key,
            T otherwise,
            String right,
            Function<String, T> parseText,
            Function<Long, T> parseNumber) {
        return value(
                key,
                otherwise,
                right,
                setting ->
                        setting.value() instanceof JsonInteger(var number)
                                ? parseNumber.apply(number)
                                : parseText.apply(string(setting)));
    }

    /// A whole number, perhaps written as a text.
    <T> T number(String key, T otherwise, String right, LongFunction<T> accept) {
        return textOrNumber(
                key, otherwise, right, text -> accept.apply(Long.parseLong(text)), accept::apply);
    }

    /// A number that may have a fraction.
    double decimal(String key, double otherwise, String right, DoubleUnaryOperator accept) {
        return value(
                key,
                otherwise,
                right,
                setting ->
                        accept.applyAsDouble(
                                switch (setting.value()) {
                                    case JsonInteger(var number) -> (double) number;
                                    case JsonDecimal decimal -> decimal.value().doubleValue();
                                    case JsonValue _ -> Double.parseDouble(string(setting));
                                }));
    }

    /// A list of objects, which is set whole; the reader of an element has the element's path.
    <T> List<T> objects(
            String key, List<T> otherwise, String right, Function<Settings, T> readElement) {
        return value(
                key,
                otherwise,
                right,
                setting -> {
                    var read = new ArrayList<T>();
                    for (var element : array(setting)) {
                        read.add(element(key, read.size(), element, setting, readElement));
                    }
                    return read;
                });
    }

    private <T> T element(
            String key,
            int index,
            JsonValue element,
            Setting list,
            Function<Settings, T> readElement) {
        if (!(element instanceof JsonObject)) {
            throw new IllegalArgumentException();
        }
        var inner = new Settings();
        inner.set("", element, list.origin());
        var read = readElement.apply(inner);
        for (var problem : inner.problems()) {
            var path = key + "[" + index + "]." + problem.key();
            problem(path, problem.found(), problem.right());
        }
        return read;
    }

    /// A list of objects that are passed on as they are.
    List<JsonObject> rawObjects(String key, String right) {
        return value(key, List.of(), right, setting -> array(setting).objects());
    }

    private static JsonArray array(Setting setting) {
        if (setting.value() instanceof JsonArray array) {
            return array;
        }
        throw new IllegalArgumentException();
    }

    /// A list of texts.
    <T> List<T> texts(String key, List<T> otherwise, String right, Function<String, T> parse) {
        return value(
                key,
                otherwise,
                right,
                setting -> {
                    var read = new ArrayList<T>();
                    for (var element : array(setting)) {
                        if (!(element instanceof JsonString(var string))) {
                            throw new IllegalArgumentException();
                        }
                        read.add(parse.apply(string));
                    }
                    return read;
                });
    }

    private <T> T value(String key, T otherwise, String right, Function<Setting, T> read) {
        var setting = settings.get(key);
        if (setting == null) {
            return otherwise;
        }
        try {
            return read.apply(setting);
        } catch (RuntimeException _) {
            // Parsers say in many ways that a text is not theirs; what is right says it best.
            problem(key, found(key, setting), right);
            return otherwise;
        }
    }

    private static String found(String key, Setting setting) {
        boolean hidden = key.contains(SECRET) || key.endsWith(".password");
        var value = hidden ? "a secret" : JsonWriter.write(setting.value());
        return value + " (" + setting.origin() + ")";
    }
}
