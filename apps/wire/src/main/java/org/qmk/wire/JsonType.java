package org.qmk.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import org.qmk.wire.v1.Qsyscall;

/// What a value is in JSON.
enum JsonType {
    TEXT("string", "a string"),
    TRUTH("boolean", "true or false"),
    WHOLE_32("number", "a whole number from 0 to 4294967295"),
    WHOLE_64("number", "a whole number from 0 to " + JsonType.UINT_64_MAX),
    /// All 64 bits are used: a string of digits.
    DIGITS_64(
            "string of digits",
            "a whole number from 0 to "
                    + JsonType.UINT_64_MAX
                    + ", or a string with one, decimal or hexadecimal after 0x"),
    REAL("number", "a number"),
    BYTES("base64", "a string of base64 with its padding"),
    /// An object whose text is kept for another reader.
    OBJECT_TEXT("object or string", "an object, or a string with its text"),
    MESSAGE("object", "an object");

    static final String UINT_64_MAX = "18446744073709551615";

    private final String inTables;
    private final String expected;

    JsonType(String inTables, String expected) {
        this.inTables = inTables;
        this.expected = expected;
    }

    /// A word or two.
    String inTables() {
        return inTables;
    }

    /// What a reader expects, in words.
    String expected() {
        return expected;
    }

    /// @throws IllegalStateException if the definition uses a type that JSON has no form for yet
    static JsonType of(FieldDescriptor field) {
        var options = field.getOptions();
        return switch (field.getType()) {
            case STRING -> options.hasExtension(Qsyscall.object) ? OBJECT_TEXT : TEXT;
            case BOOL -> TRUTH;
            case UINT32 -> WHOLE_32;
            case UINT64 -> options.getExtension(Qsyscall.digits) ? DIGITS_64 : WHOLE_64;
            case DOUBLE -> REAL;
            case BYTES -> BYTES;
            case MESSAGE -> MESSAGE;
            case FLOAT,
                    INT32,
                    INT64,
                    SINT32,
                    SINT64,
                    FIXED32,
                    FIXED64,
                    SFIXED32,
                    SFIXED64,
                    ENUM,
                    GROUP ->
                    throw new IllegalStateException(
                            field.getFullName() + " is of type " + field.getType());
        };
    }
}
