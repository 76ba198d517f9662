package org.qmk.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/// Reads one message as `JsonMessage` says. What is wrong is noted and skipped, so that one reading
/// finds several mistakes.
final class JsonMessageReader {

    /// So many mistakes are told.
    static final int DETAILS_MAX = 16;

    private final JsonTokens json;
    private final List<CallDetail> details = new ArrayList<>();

    JsonMessageReader(JsonSlice slice) throws CallRefused {
        json = new JsonTokens(slice);
    }

    /// Fills the builder from the only value of the text.
    Message read(Message.Builder builder) throws CallRefused {
        try {
            json.next();
            if (json.token() == JsonToken.START_OBJECT) readObject(builder);
            else wrong(JsonType.MESSAGE);
            json.end();
        } catch (JacksonException e) {
            throw json.refused(e);
        }
        if (details.isEmpty()) return builder.build();
        throw refused();
    }

    private CallRefused refused() {
        CallDetail first = details.getFirst();
        String more =
                details.size() == 1
                        ? ""
                        : " Another %d things are wrong.".formatted(details.size() - 1);
        return new CallRefused(
                CallError.INVALID_PARAMS, first.code(), first.message() + more, details);
    }

    /// Reads members to the end of the object that was just opened.
    private void readObject(Message.Builder builder) throws CallRefused {
        Map<String, JsonField> known = JsonShape.of(builder.getDescriptorForType()).fields();
        Set<JsonField> seen = new HashSet<>();
        Map<OneofDescriptor, JsonField> chosen = new HashMap<>();
        while (json.nextName()) {
            String name = json.name();
            JsonField field = known.get(name);
            json.next();
            if (field == null) {
                unknown(name, known);
            } else if (!seen.add(field)) {
                note(WireRule.TWICE.at(json.pointer(), "it again", "it once", "Give it once."));
                json.skip();
            } else if (excluded(field, chosen)) {
                json.skip();
            } else {
                readField(builder, field);
            }
        }
    }

    private void unknown(String name, Map<String, JsonField> known) throws CallRefused {
        Optional<String> nearest = NearestName.of(name, known.keySet());
        String expected =
                nearest.orElse(
                        known.isEmpty()
                                ? "no field"
                                : "one of " + String.join(", ", known.keySet()));
        String mend = nearest.isPresent() ? "Write " + nearest.get() + "." : "Remove it.";
        String found = JsonTokens.quoted(name);
        note(WireRule.UNKNOWN_FIELD.at(json.pointer(), found, expected, mend));
        json.skip();
    }

    private boolean excluded(JsonField field, Map<OneofDescriptor, JsonField> chosen)
            throws CallRefused {
        OneofDescriptor choice = field.field().getRealContainingOneof();
        if (choice == null) return false;
        JsonField other = chosen.putIfAbsent(choice, field);
        if (other == null) return false;
        String found = other.name() + " and " + field.name();
        note(WireRule.CHOICE.at(json.pointer(), found, "one of them", "Remove one."));
        return true;
    }

    private void readField(Message.Builder builder, JsonField json) throws CallRefused {
        var field = json.field();
        if (field.isMapField()) {
            readMap(builder, json);
        } else if (field.isRepeated()) {
            readList(builder, json);
        } else {
            Object value = readValue(builder, json);
            if (value != null) builder.setField(field, value);
        }
    }

    private void readList(Message.Builder builder, JsonField field) throws CallRefused {
        if (json.token() != JsonToken.START_ARRAY) {
            wrong("an array");
            return;
        }
        while (json.nextElement()) {
            Object value = readValue(builder, field);
            if (value != null) builder.addRepeatedField(field.field(), value);
        }
    }

    private void readMap(Message.Builder builder, JsonField field) throws CallRefused {
        if (json.token() != JsonToken.START_OBJECT) {
            wrong("an object");
            return;
        }
        Set<String> keys = new HashSet<>();
        while (json.nextName()) {
            String key = json.name();
            boolean first = keys.add(key);
            json.next();
            if (!first) {
                note(WireRule.TWICE.at(json.pointer(), "it again", "it once", "Give it once."));
                json.skip();
                continue;
            }
            Message.Builder entry = builder.newBuilderForField(field.field());
            Object value = readValue(entry, field);
            if (value == null) continue;
            entry.setField(field.entryKey(), key).setField(field.entryValue(), value);
            builder.addRepeatedField(field.field(), entry.build());
        }
    }

    /// The value here, or null where it was refused; the reader then stands at its end.
    private Object readValue(Message.Builder builder, JsonField field) throws CallRefused {
        JsonType type = field.type();
        JsonToken token = json.token();
        boolean text = token == JsonToken.VALUE_STRING;
        boolean whole = token == JsonToken.VALUE_NUMBER_INT;
        boolean object = token == JsonToken.START_OBJECT;
        return switch (type) {
            case TEXT -> text ? json.text() : wrong(type);
            case TRUTH ->
                    token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
                            ? (Object) (token == JsonToken.VALUE_TRUE)
                            : wrong(type);
            case WHOLE_32 -> whole ? readWhole32() : wrong(type);
            case WHOLE_64 -> whole ? readWhole64(json.text(), type) : wrong(type);
            case DIGITS_64 -> whole || text ? readWhole64(json.text(), type) : wrong(type);
            case REAL -> whole || token == JsonToken.VALUE_NUMBER_FLOAT ? readReal() : wrong(type);
            case BYTES -> text ? readBytes() : wrong(type);
            case OBJECT_TEXT -> {
                if (object) yield json.objectText();
                yield text ? json.text() : wrong(type);
            }
            case MESSAGE -> object ? readMessage(builder, field) : wrong(type);
        };
    }

    private Message readMessage(Message.Builder builder, JsonField field) throws CallRefused {
        Message.Builder inner = builder.newBuilderForField(field.field());
        readObject(inner);
        return inner.build();
    }

    private Integer readWhole32() throws CallRefused {
        String digits = json.text();
        if (digits.length() <= 10 && digits.charAt(0) != '-') {
            long value = Long.parseLong(digits);
            if (value >>> 32 == 0) return (int) value;
        }
        outside(JsonType.WHOLE_32);
        return null;
    }

    /// @param digits a number of JSON without fraction; or, for a string of digits, anything
    private Long readWhole64(String digits, JsonType type) throws CallRefused {
        boolean hexadecimal = type == JsonType.DIGITS_64 && digits.startsWith("0x");
        String bare = hexadecimal ? digits.substring(2) : digits;
        if (isUnsigned64(bare, hexadecimal)) {
            return Long.parseUnsignedLong(bare, hexadecimal ? 16 : 10);
        }
        outside(type);
        return null;
    }

    private static boolean isUnsigned64(String digits, boolean hexadecimal) {
        int most = hexadecimal ? 16 : JsonType.UINT_64_MAX.length();
        if (digits.isEmpty() || digits.length() > most) return false;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean decimal = c >= '0' && c <= '9';
            boolean letter = c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            if (!decimal && !(hexadecimal && letter)) return false;
        }
        return digits.length() < most || hexadecimal || digits.compareTo(JsonType.UINT_64_MAX) <= 0;
    }

    private Double readReal() throws CallRefused {
        double value = json.real();
        if (Double.isFinite(value)) return value;
        outside(JsonType.REAL);
        return null;
    }

    private ByteString readBytes() throws CallRefused {
        String text = json.text();
        if (text.length() % 4 == 0) {
            try {
                return ByteString.copyFrom(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                wrong(JsonType.BYTES);
                return null;
            }
        }
        wrong(JsonType.BYTES);
        return null;
    }

    /// Notes that the value here has the wrong type, and skips it. Null, for the value it is not.
    private Object wrong(JsonType type) throws CallRefused {
        return wrong(type.expected());
    }

    private Object wrong(String expected) throws CallRefused {
        boolean nothing = json.token() == JsonToken.VALUE_NULL;
        String mend = nothing ? "Leave the field out." : "Write " + expected + ".";
        note(WireRule.TYPE.at(json.pointer(), json.found(), expected, mend));
        json.skip();
        return null;
    }

    private void outside(JsonType type) throws CallRefused {
        String mend = "Write " + type.expected() + ".";
        note(WireRule.RANGE.at(json.pointer(), json.found(), type.expected(), mend));
    }

    private void note(CallDetail detail) throws CallRefused {
        details.add(detail);
        if (details.size() >= DETAILS_MAX) throw refused();
    }
}
