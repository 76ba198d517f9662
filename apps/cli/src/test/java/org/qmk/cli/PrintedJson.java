package org.qmk.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON that a command printed.
final class PrintedJson {

    private static final Object NULL = "null";

    private PrintedJson() {}

    /// The object that the text is.
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            var object = (Map<String, Object>) value(json);
            if (json.nextToken() != null) throw new IllegalArgumentException("more than one value");
            return object;
        }
    }

    /// The object below a key of an object, or at a place of a list.
    @SuppressWarnings("unchecked")
    static Map<String, Object> at(Map<String, Object> object, String key, int place) {
        return (Map<String, Object>) ((List<Object>) object.get(key)).get(place);
    }

    /// Text, numbers and truth values as text, objects as maps, arrays as lists.
    private static Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String key = json.currentName();
                    json.nextToken();
                    object.put(key, value(json));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) array.add(value(json));
                yield array;
            }
            case VALUE_NULL -> NULL;
            default -> json.getString();
        };
    }
}
