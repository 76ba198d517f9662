package org.qmk.wire;

import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Messages as JSON, as docs/spec/qsyscall.md says. Not the JSON of protobuf: stricter when it
/// reads, and plainer. What it needs to know of a field stands in the definition, as options.
public final class JsonMessage {

    /// Deepest nesting of objects and arrays that is read.
    public static final int NESTING_MAX = 160;

    /// Long enough for every number that a double or a field can hold.
    private static final int DIGITS_MAX = 1_000;

    /// Names and strings are as long as the request may be.
    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(NESTING_MAX)
                                    .maxNumberLength(DIGITS_MAX)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private JsonMessage() {}

    /// @param prototype any message of the wanted type
    /// @throws CallRefused naming everything that is wrong, up to a bound
    public static <M extends Message> M read(JsonSlice json, M prototype) throws CallRefused {
        Message read = new JsonMessageReader(json).read(prototype.newBuilderForType());
        // A builder builds the type that it came from.
        @SuppressWarnings("unchecked")
        M message = (M) read;
        return message;
    }

    /// One line, UTF-8.
    ///
    /// @throws IllegalArgumentException if a double is infinite or NaN
    public static byte[] bytes(Message message) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = generator(bytes)) {
            JsonMessageWriter.write(message, out);
        }
        return bytes.toByteArray();
    }

    static JsonGenerator generator(ByteArrayOutputStream bytes) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8);
    }
}
