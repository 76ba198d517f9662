package org.qmk.codec;

/// Where in the input something is wrong.
public sealed interface Position {

    /// A place in text.
    ///
    /// @param line counted from 1
    /// @param column characters, counted from 1
    record InText(int line, int column) implements Position {}

    /// A place in JSON.
    ///
    /// @param pointer path of the value (RFC 6901), empty for the whole document
    /// @param line counted from 1
    /// @param column characters, counted from 1
    record InJson(String pointer, int line, int column) implements Position {}

    /// A place in a binary form.
    ///
    /// @param offset bytes before it
    record InBytes(long offset) implements Position {}

    /// The place in words, as a message begins with it.
    default String text() {
        return switch (this) {
            case InText(int line, int column) -> "line " + line + ", column " + column;
            case InJson(var pointer, int line, int column) ->
                    "line "
                            + line
                            + ", column "
                            + column
                            + (pointer.isEmpty() ? "" : " (" + pointer + ")");
            case InBytes(long offset) -> "byte " + offset;
        };
    }
}
