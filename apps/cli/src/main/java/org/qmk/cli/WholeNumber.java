package org.qmk.cli;

import picocli.CommandLine.TypeConversionException;

/// Numbers as users write them.
final class WholeNumber {

    private WholeNumber() {}

    /// A decimal number in a range.
    ///
    /// @throws TypeConversionException if the text is something else
    static long of(String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException notNumber) {
            throw wrong(text, min, max);
        }
        throw wrong(text, min, max);
    }

    /// 64 bits: a decimal number, signed or not, or a hexadecimal one after 0x.
    ///
    /// @throws TypeConversionException if the text is something else
    static long seed(String text) {
        try {
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return Long.parseUnsignedLong(text.substring(2), 16);
            }
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException notNumber) {
            throw new TypeConversionException(
                    "'%s' is no seed, expected 64 bits: -2^63 to 2^64-1, or 0x and up to 16 digits"
                            .formatted(text));
        }
    }

    private static TypeConversionException wrong(String text, long min, long max) {
        String range = max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
        return new TypeConversionException(
                "'%s' is out of range, expected a whole number: %s".formatted(text, range));
    }
}
