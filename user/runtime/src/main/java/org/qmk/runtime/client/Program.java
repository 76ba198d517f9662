package org.qmk.runtime.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.qmk.codec.QvmForm;

/// A program in a form that a server takes.
public sealed interface Program {

    /// OpenQASM, or QVM text.
    record Source(String text) implements Program {}

    /// A QVM graph in JSON.
    record JsonGraph(String text) implements Program {}

    /// A QVM graph in protobuf.
    record ProtobufGraph(byte[] bytes) implements Program {
        public ProtobufGraph {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /// The program that a file is, by its content; nothing if it is neither text in UTF-8 nor a
    /// graph.
    static Optional<Program> of(byte[] file) {
        Optional<QvmForm> form = QvmForm.detect(file);
        if (form.equals(Optional.of(QvmForm.PROTOBUF))) {
            return Optional.of(new ProtobufGraph(file));
        }
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            String text = decoder.decode(ByteBuffer.wrap(file)).toString();
            boolean json = form.equals(Optional.of(QvmForm.JSON));
            return Optional.of(json ? new JsonGraph(text) : new Source(text));
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }
}
