package org.qmk.codec;
final class PrototypeReader {
    static Reading read(byte[] bytes, FormErrors errors) { return errors.inJson(); }
}
