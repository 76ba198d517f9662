package org.qmk.runtime.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.qmk.codec.QvmForm;

/// A program in a form that a server takes.
public sealed interface Program {

    /// OpenQASM, QIR text or QVM text.
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

    /// A program in any form, such as LLVM bitcode.
    record FileBytes(byte[] bytes) implements Program {
        public FileBytes {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /// The program that a file is, by its content.
    static Program of(byte[] file) {
        Optional<QvmForm> form = QvmForm.detect(file);
        if (form.equals(Optional.of(QvmForm.PROTOBUF))) {
            return new ProtobufGraph(file);
        }
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            String text = decoder.decode(ByteBuffer.wrap(file)).toString();
            boolean json = form.equals(Optional.of(QvmForm.JSON));
            return json ? new JsonGraph(text) : new Source(text);
        } catch (CharacterCodingException noText) {
            return new FileBytes(file);
        }
    }
}
