package org.qmk.codec;

import java.util.Locale;
import org.qmk.qvm.Violation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/// Walks through one JSON text and says where it stands. What it does not like it notes and skips,
/// so that one reading finds several errors.
final class JsonCursor {

    /// Deepest nesting of objects and arrays that is read or skipped.
    static final int NESTING_MAX = 128;

    private static final int MESSAGE_MAX = 200;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(NESTING_MAX + 1)
                                    .maxNumberLength(Decimal.LENGTH_MAX)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final byte[] bytes;
    private final JsonParser parser;
    private final FormErrors errors;
    private JsonToken token;
    private String key = "";

    JsonCursor(byte[] bytes, FormErrors errors) {
        this.bytes = bytes;
        this.errors = errors;
        parser = FACTORY.createParser(ObjectReadContext.empty(), bytes);
    }

    void close() {
        parser.close();
    }

    /// Ends a reading early: there is no use in going on.
    static final class Stop extends Exception {
        private static final long serialVersionUID = 1L;

        Stop() {
            super("reading ended", null, false, false);
        }
    }

    /// Goes to the next token; at the end of the input that is an error.
    void next(String expected) throws Stop {
        token = parser.nextToken();
        if (token == null) {
            errors.add(FormErrors.end(expected), bytes.length);
            throw new Stop();
        }
    }

    /// @throws Stop unless the input ends here
    void end() throws Stop {
        token = parser.nextToken();
        if (token == null) return;
        note(FormErrors.syntax(found(), "the end of the input", "Remove it."));
        throw new Stop();
    }

    /// Goes to the next key and its value in the object just opened; false at its end.
    boolean nextKey() throws Stop {
        if (errors.full()) throw new Stop();
        String name = parser.nextName();
        if (name == null) {
            token = parser.currentToken();
            return false;
        }
        key = name;
        token = parser.nextToken();
        return true;
    }

    String key() {
        return key;
    }

    /// Goes to the next value in the array just opened; false at its end.
    boolean nextElement() throws Stop {
        if (errors.full()) throw new Stop();
        token = parser.nextToken();
        return token != JsonToken.END_ARRAY;
    }

    boolean isObject() {
        return token == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return token == JsonToken.START_ARRAY;
    }

    boolean isText() {
        return token == JsonToken.VALUE_STRING;
    }

    boolean isNumber() {
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    boolean isWhole() {
        return token == JsonToken.VALUE_NUMBER_INT;
    }

    boolean isTrue() {
        return token == JsonToken.VALUE_TRUE;
    }

    boolean isFalse() {
        return token == JsonToken.VALUE_FALSE;
    }

    boolean isNull() {
        return token == JsonToken.VALUE_NULL;
    }

    /// The text of a string or the letters of a number.
    String text() throws Stop {
        String text = parser.getString();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) return wellFormed(text);
        }
        return text;
    }

    private String wellFormed(String text) throws Stop {
        if (Utf8.isWellFormed(text)) return text;
        note(FormErrors.syntax("half of a surrogate pair", "a character", "Escape both halves."));
        throw new Stop();
    }

    /// The value of a number without fraction, or -1 if it is not from 0 to `max`.
    int whole(int max) throws Stop {
        String digits = text();
        if (digits.length() > 10 || digits.charAt(0) == '-') return -1;
        long value = Long.parseLong(digits);
        return value <= max ? (int) value : -1;
    }

    /// Bytes before the token.
    int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /// Path of the token.
    String pointer() {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return pointer.length() <= MESSAGE_MAX
                ? pointer
                : pointer.substring(0, MESSAGE_MAX) + "...";
    }

    void note(Violation violation) {
        errors.add(violation, offset(), pointer());
    }

    /// Notes what is wrong with the value that began at the offset and ends here.
    void note(Violation violation, int offset) {
        errors.add(violation, offset, pointer());
    }

    void note(Misread misread) {
        note(misread.violation(), misread.offset());
    }

    /// Notes that the value here has the wrong type, and skips it.
    void wrongType(int node, String field, String where, String expected) throws Stop {
        note(FormErrors.type(node, field, where, found(), expected));
        skip();
    }

    /// Notes that the key here is not known, and skips its value.
    void unknownKey(int node, String where, String expected) throws Stop {
        note(FormErrors.unknown(node, where, key, expected));
        skip();
    }

    /// Marks a key as seen, noting it if it was before.
    int once(int seen, int bit) {
        if ((seen & bit) != 0) note(ArgumentFields.twice(key));
        return seen | bit;
    }

    /// Skips the value here, however deep, without recursion.
    void skip() throws Stop {
        int outside = parser.streamReadContext().getNestingDepth() - 1;
        if (!isObject() && !isArray()) return;
        int depth = 1;
        while (depth > 0) {
            if (outside + depth > NESTING_MAX) {
                note(FormErrors.nesting("the value", NESTING_MAX));
                throw new Stop();
            }
            next("the end of a value");
            if (isObject() || isArray()) depth++;
            else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) depth--;
        }
    }

    /// What stands here, in words.
    String found() throws Stop {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text " + FormErrors.quoted(text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String digits = text();
                yield "the number " + digits.substring(0, Math.min(40, digits.length()));
            }
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case END_OBJECT -> "the end of an object";
            case END_ARRAY -> "the end of an array";
            case PROPERTY_NAME -> "a key";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something unknown";
        };
    }

    /// Notes what the JSON parser refused.
    void refused(JacksonException exception) {
        int offset = (int) parser.currentLocation().getByteOffset();
        if (exception instanceof UnexpectedEndOfInputException || offset >= bytes.length) {
            errors.add(FormErrors.end("the rest of the JSON text"), bytes.length, pointer());
            return;
        }
        String reason = exception.getOriginalMessage();
        int line = reason.indexOf('\n');
        if (line >= 0) reason = reason.substring(0, line);
        if (reason.length() > MESSAGE_MAX) reason = reason.substring(0, MESSAGE_MAX);
        String found = found(Math.max(0, offset - 1));
        var violation =
                FormErrors.syntax(found, "correct JSON", "The parser says: " + reason + ".");
        errors.add(violation, Math.max(0, offset - 1), pointer());
    }

    private String found(int offset) {
        int c = bytes[offset] & 0xFF;
        if (c > ' ' && c < 0x7F) return "'" + (char) c + "'";
        return String.format(Locale.ROOT, "the byte 0x%02X", c);
    }
}
