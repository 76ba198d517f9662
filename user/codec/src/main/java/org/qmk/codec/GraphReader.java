package org.qmk.codec;

/// Reads graphs in any form. Whatever the bytes are, the answer is a `Reading`: no exception, time
/// linear in the input, memory at most a small multiple of it.
///
/// A graph that was read is well formed, no more: only the verifier says whether it may run.
public final class GraphReader {

    private GraphReader() {}

    /// Reads bytes whose form their content tells, see `QvmForm.detect`. What is in no form is
    /// read as text, which then says what it misses.
    public static Reading read(byte[] bytes) {
        return read(bytes, QvmForm.detect(bytes).orElse(QvmForm.TEXT));
    }

    /// Reads bytes of the given form. JSON of version 0.1 and 1.0 are told apart by `version`.
    public static Reading read(byte[] bytes, QvmForm form) {
        return switch (form) {
            case TEXT -> TextFormReader.read(bytes);
            case JSON -> JsonFormReader.read(bytes);
            case PROTOBUF -> ProtobufFormReader.read(bytes);
        };
    }
}
