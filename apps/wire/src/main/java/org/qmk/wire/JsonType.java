package org.qmk.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import org.qmk.wire.v1.Qsyscall;

/// What a value is in JSON.
enum JsonType {
    TEXT("a string"),
    TRUTH("true or false"),
    WHOLE_32("a whole number from 0 to 4294967295"),
    WHOLE_64("a whole number from 0 to 18446744073709551615"),
    /// All 64 bits are used: a string of digits.
    DIGITS_64(
            "a whole number from 0 to 18446744073709551615, or a string with one, decimal or"
                    + " hexadecimal after 0x"),
    REAL("a number"),
    BYTES("a string of base64 with its padding"),
    /// An object whose text is kept for another reader.
    OBJECT_TEXT("an object, or a string with its text"),
    MESSAGE("an object");

    private final String expected;

    JsonType(String expected) {
        this.expected = expected;
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
            case FLOAT, INT32, INT64, SINT32, SINT64, FIXED32, FIXED64, SFIXED32, SFIXED64, ENUM,
                            GROUP ->
                    throw new IllegalStateException(
                            field.getFullName() + " is of type " + field.getType());
        };
    }
}
