package org.qmk.codec;
final class ProtobufFormReader {
    static Reading read(byte[] bytes) { return new FormErrors(bytes).inBytes(); }
}
