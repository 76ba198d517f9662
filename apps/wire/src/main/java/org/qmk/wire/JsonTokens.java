package org.qmk.wire;

import com.google.protobuf.UnsafeByteOperations;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// The tokens of one JSON text, and words for where it stands.
final class JsonTokens {

    private static final int POINTER_MAX = 200;
    private static final int QUOTE_MAX = 40;
    private static final int REASON_MAX = 200;

    private final JsonSlice slice;
    private final JsonParser parser;
    private JsonToken token = JsonToken.NOT_AVAILABLE;

    /// @throws CallRefused if the bytes are not UTF-8, or are something that the parser would take
    ///     for another encoding
    JsonTokens(JsonSlice slice) throws CallRefused {
        this.slice = slice;
        checkEncoding();
        parser =
                JsonMessage.FACTORY.createParser(
                        ObjectReadContext.empty(), slice.bytes(), slice.from(), slice.length());
    }

    private void checkEncoding() throws CallRefused {
        byte[] bytes = slice.bytes();
        int from = slice.from();
        boolean marked = slice.length() > 0 && bytes[from] < ' ' && !isBlank(bytes[from]);
        boolean wide = slice.length() > 1 && bytes[from + 1] == 0;
        var text = UnsafeByteOperations.unsafeWrap(bytes, from, slice.length());
        if (!marked && !wide && text.isValidUtf8()) return;
        throw WireRule.SYNTAX.refused(
                "", "other bytes", "UTF-8 without a byte order mark", "Send UTF-8.");
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    JsonToken token() {
        return token;
    }

    /// Goes to the next token.
    void next() throws CallRefused {
        token = parser.nextToken();
        if (token == null) {
            throw WireRule.SYNTAX.refused("", "the end", "a value", "Send the whole text.");
        }
    }

    /// Goes to the next name in an object; false at its end.
    boolean nextName() throws CallRefused {
        next();
        return token == JsonToken.PROPERTY_NAME;
    }

    /// Goes to the next value in an array; false at its end.
    boolean nextElement() throws CallRefused {
        next();
        return token != JsonToken.END_ARRAY;
    }

    /// @throws CallRefused unless the text ends here
    void end() throws CallRefused {
        if (parser.nextToken() == null) return;
        throw WireRule.SYNTAX.refused("", "more text", "the end", "Send one value.");
    }

    String name() throws CallRefused {
        return wellFormed(parser.currentName());
    }

    /// The text of a string, or the digits of a number.
    String text() throws CallRefused {
        return wellFormed(parser.getString());
    }

    private String wellFormed(String text) throws CallRefused {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) continue;
            boolean pair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) {
                throw WireRule.SYNTAX.refused(
                        pointer(), "half a surrogate pair", "a character", "Escape both halves.");
            }
            i++;
        }
        return text;
    }

    double real() {
        return parser.getDoubleValue();
    }

    /// The bytes of the value here, as they were sent; the parser then stands at its end.
    JsonSlice value() throws CallRefused {
        int start = offset();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            skip();
            return slice.within(start, offset() + 1 - start);
        }
        // The parser reads a scalar to its end only when asked for it.
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return slice.within(start, end - start);
    }

    /// The text of the object here, as it was sent.
    String objectText() throws CallRefused {
        return value().text();
    }

    /// Goes to the end of the value here, however deep, without recursion.
    void skip() throws CallRefused {
        if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) return;
        int depth = 1;
        while (depth > 0) {
            next();
            if (token.isStructStart()) depth++;
            else if (token.isStructEnd()) depth--;
        }
    }

    /// Bytes of the slice before the token.
    private int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /// The path of the token, cut where it is very long.
    String pointer() {
        return printable(cut(parser.streamReadContext().pathAsPointer().toString(), POINTER_MAX));
    }

    /// What stands here, in words.
    String found() throws CallRefused {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the string " + quoted(text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + cut(text(), QUOTE_MAX);
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("no value begins at " + token);
        };
    }

    static String quoted(String text) {
        return "\"" + printable(cut(text, QUOTE_MAX)) + "\"";
    }

    private static String printable(String text) {
        var printable = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            boolean plain = c >= ' ' && c != 0x7F && !isHalf(c);
                            printable.appendCodePoint(plain ? c : '?');
                        });
        return printable.toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /// The text, cut behind so many characters; never within one.
    static String cut(String text, int lengthMax) {
        if (text.length() <= lengthMax) return text;
        boolean splits = Character.isHighSurrogate(text.charAt(lengthMax - 1));
        return text.substring(0, splits ? lengthMax - 1 : lengthMax) + "...";
    }

    /// What the parser did not like, as the refusal of a call.
    CallRefused refused(JacksonException exception) {
        String where = pointer();
        if (exception instanceof StreamConstraintsException) {
            boolean deep = parser.streamReadContext().getNestingDepth() >= JsonMessage.NESTING_MAX;
            return deep
                    ? WireRule.NESTING.refused(
                            where,
                            "more",
                            "at most " + JsonMessage.NESTING_MAX + " levels",
                            "Nest less.")
                    : WireRule.LENGTH.refused(
                            where, "a very long number", "fewer digits", "Shorten it.");
        }
        if (exception instanceof UnexpectedEndOfInputException) {
            return WireRule.SYNTAX.refused(
                    where, "the end", "the rest of the text", "Send all of it.");
        }
        int offset = (int) Math.max(0, parser.currentLocation().getByteOffset() - 1);
        String reason = exception.getOriginalMessage();
        int line = reason.indexOf('\n');
        if (line >= 0) reason = reason.substring(0, line);
        return WireRule.SYNTAX.refused(
                where,
                found(offset) + " at byte " + offset,
                "correct JSON",
                "The parser says: " + printable(cut(reason, REASON_MAX)) + ".");
    }

    private String found(int offset) {
        if (offset >= slice.length()) return "the end";
        int c = slice.bytes()[slice.from() + offset] & 0xFF;
        if (c > ' ' && c < 0x7F) return "'" + (char) c + "'";
        return String.format(Locale.ROOT, "the byte 0x%02X", c);
    }
}
