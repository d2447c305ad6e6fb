package dev.hearth.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A JSON array.
public record JsonArray(List<JsonValue> values) implements JsonValue, Iterable<JsonValue> {

    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        values = List.copyOf(values);
    }

    /// An array of [values][JsonValue#of].
    public static JsonArray of(Object... values) {
        return from(List.of(values));
    }

    /// An array of [values][JsonValue#of].
    public static JsonArray from(Collection<?> values) {
        var list = new ArrayList<JsonValue>(values.size());
        for (var value : values) {
            list.add(JsonValue.of(value));
        }
        return new JsonArray(list);
    }

    public int size() {
        return values.size();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public JsonValue get(int index) {
        return values.get(index);
    }

    public Stream<JsonValue> stream() {
        return values.stream();
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return values.iterator();
    }

    /// The strings in this array.
    ///
    /// @throws JsonShapeException if something else is among them
    public List<String> strings() {
        return each("string", value -> value instanceof JsonString(var string) ? string : null);
    }

    /// The objects in this array.
    ///
    /// @throws JsonShapeException if something else is among them
    public List<JsonObject> objects() {
        return each("object", value -> value instanceof JsonObject object ? object : null);
    }

    private <T> List<T> each(
            String expected, Function<JsonValue, @org.jspecify.annotations.Nullable T> cast) {
        var list = new ArrayList<T>(values.size());
        for (int i = 0; i < values.size(); i++) {
            var item = cast.apply(values.get(i));
            if (item == null) {
                throw JsonShapeException.expected("[" + i + "]", expected, values.get(i));
            }
            list.add(item);
        }
        return list;
    }

    @Override
    public String toString() {
        return JsonWriter.write(this);
    }
}
