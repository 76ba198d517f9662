package org.qmk.wire;

import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Messages as JSON. Not the JSON of protobuf: stricter when it reads, and plainer.
///
/// | in the definition | in JSON |
/// |---|---|
/// | a field | a member of exactly its name; an unknown name is refused, and so is one given twice |
/// | `uint32`, `uint64` | a number without fraction and exponent, beyond 2^53 too |
/// | `uint64` with `digits` | written as a string of decimal digits; read from a number or a string, decimal or `0x` hexadecimal |
/// | `string` with `object` | under the name that `object` says: an object, whose text the field keeps byte for byte, or a string with that text; written as a string |
/// | `double` | a number; neither infinite nor NaN |
/// | `bytes` | base64 with padding, the alphabet of RFC 4648 section 4 |
/// | `repeated` | an array |
/// | `map` | an object, written in the order of its keys |
/// | `oneof` | at most one of the members |
/// | absent | the default, or not set where presence is tracked; never null |
///
/// A field that has its default is left out when written, unless it is marked `always`; one whose
/// presence is tracked is written exactly if it is set.
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
