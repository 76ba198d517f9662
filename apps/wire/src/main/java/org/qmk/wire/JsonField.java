package org.qmk.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import org.qmk.wire.v1.Qsyscall;

/// How a field of a message looks in JSON.
///
/// @param name its name in JSON
/// @param type what one value of it is; of a map, what stands behind a key
/// @param always whether it is written also when it has its default
record JsonField(FieldDescriptor field, String name, JsonType type, boolean always) {

    static JsonField of(FieldDescriptor field) {
        var options = field.getOptions();
        String object = options.getExtension(Qsyscall.object);
        boolean always = options.getExtension(Qsyscall.always);
        if (always && field.hasPresence()) {
            throw new IllegalStateException(field.getFullName() + " is optional and always");
        }
        return new JsonField(
                field,
                object.isEmpty() ? field.getName() : object,
                JsonType.of(field.isMapField() ? valueOf(field) : field),
                always);
    }

    /// The key of a map's entries.
    FieldDescriptor entryKey() {
        return field.getMessageType().findFieldByNumber(1);
    }

    /// The value of a map's entries.
    FieldDescriptor entryValue() {
        return valueOf(field);
    }

    private static FieldDescriptor valueOf(FieldDescriptor map) {
        return map.getMessageType().findFieldByNumber(2);
    }
}
