package org.qmk.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes messages as `JsonMessage` says.
final class JsonMessageWriter {

    private JsonMessageWriter() {}

    /// Messages of the definition do not contain themselves: the recursion is as deep as it nests.
    static void write(Message message, JsonGenerator out) {
        out.writeStartObject();
        for (JsonField field : JsonShape.of(message.getDescriptorForType()).fields().values()) {
            writeField(message, field, out);
        }
        out.writeEndObject();
    }

    private static void writeField(Message message, JsonField json, JsonGenerator out) {
        var field = json.field();
        if (field.isRepeated()) {
            List<?> values = (List<?>) message.getField(field);
            if (values.isEmpty() && !json.always()) return;
            out.writeName(json.name());
            if (field.isMapField()) writeMap(values, json, out);
            else writeList(values, json.type(), out);
            return;
        }
        if (!message.hasField(field) && !json.always()) return;
        out.writeName(json.name());
        writeValue(message.getField(field), json.type(), out);
    }

    private static void writeList(List<?> values, JsonType type, JsonGenerator out) {
        out.writeStartArray();
        for (Object value : values) writeValue(value, type, out);
        out.writeEndArray();
    }

    private static void writeMap(List<?> entries, JsonField json, JsonGenerator out) {
        Comparator<Message> byKey =
                Comparator.comparing(entry -> (String) entry.getField(json.entryKey()));
        out.writeStartObject();
        entries.stream()
                .map(Message.class::cast)
                .sorted(byKey)
                .forEach(
                        entry -> {
                            out.writeName((String) entry.getField(json.entryKey()));
                            writeValue(entry.getField(json.entryValue()), json.type(), out);
                        });
        out.writeEndObject();
    }

    private static void writeValue(Object value, JsonType type, JsonGenerator out) {
        switch (type) {
            case TEXT, OBJECT_TEXT -> out.writeString((String) value);
            case TRUTH -> out.writeBoolean((Boolean) value);
            case WHOLE_32 -> out.writeNumber(Integer.toUnsignedLong((Integer) value));
            case WHOLE_64 -> out.writeNumber(Long.toUnsignedString((Long) value));
            case DIGITS_64 -> out.writeString(Long.toUnsignedString((Long) value));
            case REAL -> out.writeNumber(finite((Double) value));
            case BYTES -> out.writeBinary(((ByteString) value).toByteArray());
            case MESSAGE -> write((Message) value, out);
        }
    }

    private static double finite(double value) {
        if (Double.isFinite(value)) return value;
        throw new IllegalArgumentException(value + " has no form in JSON");
    }
}
