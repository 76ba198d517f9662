package org.qmk.wire;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The fields of one type of message as they look in JSON, in the order of the definition.
///
/// @param fields by their name in JSON
record JsonShape(Map<String, JsonField> fields) {

    /// The types of the definition: a few dozen.
    private static final Map<Descriptor, JsonShape> SHAPES = new ConcurrentHashMap<>();

    static JsonShape of(Descriptor type) {
        return SHAPES.computeIfAbsent(type, JsonShape::shape);
    }

    private static JsonShape shape(Descriptor type) {
        Map<String, JsonField> fields = new LinkedHashMap<>();
        for (var field : type.getFields()) {
            JsonField json = JsonField.of(field);
            fields.put(json.name(), json);
        }
        return new JsonShape(Collections.unmodifiableMap(fields));
    }
}
