package org.qmk.runtime.client;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One call as it travels.
///
/// @param params writes the members of `params`
record RpcRequest(long id, String method, Params params) {

    private static final JsonFactory FACTORY = new JsonFactory();

    interface Params {
        void write(JsonGenerator json);
    }

    /// One JSON object and a line feed, in UTF-8.
    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("jsonrpc", "2.0");
            json.writeNumberProperty("id", id);
            json.writeStringProperty("method", method);
            json.writeObjectPropertyStart("params");
            params.write(json);
            json.writeEndObject();
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }
}
