package org.qmk.cli;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as commands print it: one value on one line.
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /// Writes the properties of an object.
    interface Properties {
        void write(JsonGenerator json);
    }

    /// An object on a line of its own.
    static String object(Properties properties) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            properties.write(json);
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
