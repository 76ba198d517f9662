package org.qmk.codec;

import org.qmk.codec.protobuf.NameColumn;

/// Walks through a `NameColumn` message.
final class ProtobufNames {

    private ByteReader letters = ByteReader.empty();
    private ByteReader lengths = ByteReader.empty();
    private final int size;
    private int declared;

    ProtobufNames(ByteReader in) throws Misread, ByteReader.Malformed {
        int seen = 0;
        int start = in.position();
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = (int) in.uint(Integer.MAX_VALUE);
            int field = tag >>> 3;
            boolean number = field == NameColumn.DECLARED_FIELD_NUMBER;
            int wire = number ? ProtobufFormWriter.VARINT : ProtobufFormWriter.LENGTH;
            ProtobufFormReader.wire(tag, wire, at);
            seen = ProtobufTables.once(seen, field, at);
            switch (field) {
                case NameColumn.LETTERS_FIELD_NUMBER -> letters = in.part();
                case NameColumn.LENGTHS_FIELD_NUMBER -> lengths = in.part();
                case NameColumn.DECLARED_FIELD_NUMBER ->
                        declared = (int) in.uint(Integer.MAX_VALUE);
                default -> throw ProtobufFormReader.unknownField(field, "the names", at);
            }
        }
        size = lengths.integers();
        if (declared > size) {
            throw ProtobufFormReader.broken(start, "names of which no more than all are declared");
        }
    }

    int size() {
        return size;
    }

    int declared() {
        return declared;
    }

    String next() throws ByteReader.Malformed {
        String name = letters.text(lengths.index(letters.remaining() + 1));
        if (lengths.remaining() == 0) letters.end();
        return name;
    }

    boolean done() {
        return lengths.remaining() == 0;
    }
}
