package org.qmk.runtime.client;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// Reads the objects of answers, member by member:
///
/// ```
/// in.enter();
/// while (in.more()) {
///     switch (in.name()) {
///         case "handle" -> handle = in.text();
///         default -> in.skip();
///     }
/// }
/// ```
///
/// What is of another type than asked for is a `JacksonException`, as wrong JSON is. Members that
/// this version does not know are passed over: a newer server may say more.
final class JsonFields implements AutoCloseable {

    private static final int NESTING_MAX = 64;

    /// Long enough for the key of a count of any program that a server takes.
    private static final int TEXT_MAX = 32 << 20;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(NESTING_MAX)
                                    .maxNameLength(TEXT_MAX)
                                    .maxStringLength(TEXT_MAX)
                                    .build())
                    .build();

    private final JsonParser json;

    private JsonFields(JsonParser json) {
        this.json = json;
    }

    /// At the one value that the text is.
    static JsonFields of(byte[] text) {
        JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text);
        try {
            json.nextToken();
            return new JsonFields(json);
        } catch (JacksonException wrong) {
            json.close();
            throw wrong;
        }
    }

    /// Steps into an object.
    void enter() {
        expect(JsonToken.START_OBJECT, "an object");
    }

    /// Steps to the next member's value, or out of the object.
    boolean more() {
        if (json.nextToken() != JsonToken.PROPERTY_NAME) return false;
        json.nextToken();
        return true;
    }

    /// The member's name.
    String name() {
        return json.currentName();
    }

    void skip() {
        json.skipChildren();
    }

    /// Whether nothing follows.
    boolean atEnd() {
        return json.nextToken() == null;
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    String text() {
        expect(JsonToken.VALUE_STRING, "a text");
        return json.getString();
    }

    boolean truth() {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong("true or false");
        };
    }

    double real() {
        boolean number =
                json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        || json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
        if (!number) throw wrong("a number");
        return json.getDoubleValue();
    }

    /// A number of 64 bits, unsigned.
    long whole() {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return unsigned();
    }

    /// A number of 64 bits, unsigned, as a text of digits.
    long digits() {
        expect(JsonToken.VALUE_STRING, "digits");
        return unsigned();
    }

    private long unsigned() {
        try {
            return Long.parseUnsignedLong(json.getString());
        } catch (NumberFormatException tooLarge) {
            throw wrong("64 bits");
        }
    }

    /// A number of 32 bits, unsigned; the largest where it is larger than Java's.
    int count() {
        long number = whole();
        return number < 0 || number > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) number;
    }

    /// A number with a sign.
    int signed() {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getIntValue();
    }

    /// @param element reads one, standing at it
    <T> List<T> list(Function<JsonFields, T> element) {
        expect(JsonToken.START_ARRAY, "an array");
        List<T> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) list.add(element.apply(this));
        return list;
    }

    List<String> texts() {
        return list(JsonFields::text);
    }

    <T> SortedMap<String, T> map(Function<JsonFields, T> value) {
        SortedMap<String, T> map = new TreeMap<>();
        enter();
        while (more()) map.put(name(), value.apply(this));
        return map;
    }

    private void expect(JsonToken token, String what) {
        if (json.currentToken() != token) throw wrong(what);
    }

    private JacksonException wrong(String expected) {
        String name = json.currentName();
        String what = name == null ? "the answer" : name;
        return new StreamReadException(json, what + " is wrong, expected " + expected);
    }

    @Override
    public void close() {
        json.close();
    }
}
