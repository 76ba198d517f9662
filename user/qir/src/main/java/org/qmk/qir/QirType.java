package org.qmk.qir;

import java.util.List;

/// A type of LLVM IR, as far as QIR has it. Pointers are all of one type: what a typed pointer of
/// QIR 1.0 points to says nothing that its uses do not say.
sealed interface QirType {

    QirType VOID = new Void();
    QirType POINTER = new Pointer();
    QirType REAL = new Real();
    QirType BIT = new Whole(1);
    QirType INT = new Whole(64);

    /// The widest integer.
    int BITS_MAX = 64;

    /// The largest object in memory, in bytes.
    long BYTES_MAX = 1L << 32;

    record Void() implements QirType {}

    record Whole(int bits) implements QirType {}

    record Real() implements QirType {}

    record Pointer() implements QirType {}

    record Array(long count, QirType element) implements QirType {}

    record Structure(List<QirType> fields) implements QirType {
        public Structure {
            fields = List.copyOf(fields);
        }

        /// Where a field begins, in bytes; the end of the last field for their number.
        long offset(int index) {
            long offset = 0;
            for (int i = 0; i < fields.size() && i <= index; i++) {
                long alignment = fields.get(i).alignment();
                offset = (offset + alignment - 1) / alignment * alignment;
                if (i == index) return offset;
                offset = Math.min(BYTES_MAX, offset + fields.get(i).size());
            }
            return offset;
        }
    }

    /// A structure that is named only, `Qubit` for one.
    record Opaque(String name) implements QirType {}

    record Code(QirType result, List<QirType> parameters, boolean isVariadic) implements QirType {
        public Code {
            parameters = List.copyOf(parameters);
        }
    }

    record Label() implements QirType {}

    record Metadata() implements QirType {}

    /// Bytes in memory; 0 for what is never there.
    default long size() {
        return switch (this) {
            case Whole(int bits) -> Math.max(1, Integer.highestOneBit(2 * ((bits + 7) / 8) - 1));
            case Real(), Pointer() -> 8;
            case Array(long count, var element) -> times(count, element.size());
            case Structure structure -> {
                long end = structure.offset(structure.fields.size());
                long alignment = alignment();
                yield Math.min(BYTES_MAX, (end + alignment - 1) / alignment * alignment);
            }
            case Void(), Opaque _, Code _, Label(), Metadata() -> 0;
        };
    }

    private static long times(long count, long size) {
        return size != 0 && count > BYTES_MAX / size ? BYTES_MAX : count * size;
    }

    /// What its address is a multiple of.
    default long alignment() {
        return switch (this) {
            case Whole whole -> whole.size();
            case Real(), Pointer() -> 8;
            case Array(long _, var element) -> element.alignment();
            case Structure(var fields) -> {
                long most = 1;
                for (QirType field : fields) most = Math.max(most, field.alignment());
                yield most;
            }
            case Void(), Opaque _, Code _, Label(), Metadata() -> 1;
        };
    }

    /// Whether values of the type can be computed with.
    default boolean isValue() {
        return switch (this) {
            case Whole _, Real(), Pointer() -> true;
            case Array(long _, var element) -> element.isValue();
            case Structure(var fields) -> fields.stream().allMatch(QirType::isValue);
            case Void(), Opaque _, Code _, Label(), Metadata() -> false;
        };
    }

    /// Whether the type is an array or a structure.
    default boolean isComposite() {
        return this instanceof Array || this instanceof Structure;
    }

    /// As it is written.
    default String text() {
        return switch (this) {
            case Void() -> "void";
            case Whole(int bits) -> "i" + bits;
            case Real() -> "double";
            case Pointer() -> "ptr";
            case Array(long count, var element) -> "[" + count + " x " + element.text() + "]";
            case Structure(var fields) ->
                    "{" + String.join(", ", fields.stream().map(QirType::text).toList()) + "}";
            case Opaque(var name) -> "%" + name;
            case Code _ -> "function";
            case Label() -> "label";
            case Metadata() -> "metadata";
        };
    }
}
