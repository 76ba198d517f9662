package org.qmk.codec;
final class ProtobufFormWriter {
    static byte[] write(org.qmk.qvm.Graph g) { return new byte[0]; }
}
