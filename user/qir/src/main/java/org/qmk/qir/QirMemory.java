package org.qmk.qir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The memory of a program: its globals and what it allocates. An address is the number of an
/// object and the distance from its start; object 0 is where `inttoptr` points, in which nothing
/// is stored.
final class QirMemory {

    private static final int OFFSET_BITS = 40;
    private static final long OFFSET_MAX = 1L << OFFSET_BITS - 1;

    private final Decisions decisions;
    private final QirArithmetic arithmetic;
    private final QirNotes notes;
    private final QirSteps steps;
    private final List<Block> blocks = new ArrayList<>();

    /// One object.
    private static final class Block {
        final QirType type;
        final long size;
        final QirOperand first;
        final String constantName;
        final TreeMap<Long, GuardedValue> cells = new TreeMap<>();

        /// @param constantName what it is called if nobody may write to it, else empty
        Block(QirType type, long size, QirOperand first, String constantName) {
            this.type = type;
            this.size = size;
            this.first = first;
            this.constantName = constantName;
        }
    }

    QirMemory(
            Decisions decisions,
            QirArithmetic arithmetic,
            QirModule module,
            QirNotes notes,
            QirSteps steps) {
        this.decisions = decisions;
        this.arithmetic = arithmetic;
        this.notes = notes;
        this.steps = steps;
        for (QirModule.Variable global : module.globals()) {
            String name = global.isConstant() ? global.name() : "";
            blocks.add(new Block(global.type(), global.type().size(), global.value(), name));
        }
    }

    /// The address of a place in a global.
    static long global(int index, long offset) {
        return ((long) index + 1 << OFFSET_BITS) + offset;
    }

    private static int object(long address) {
        return (int) (address + OFFSET_MAX >> OFFSET_BITS);
    }

    private static long offset(long address) {
        return address - ((long) object(address) << OFFSET_BITS);
    }

    /// The number that an address of no object is, or -1 for the address of an object.
    static long number(long address) {
        return object(address) == 0 ? address : -1;
    }

    /// Moves an address.
    long moved(long address, long distance) {
        boolean far = distance <= -OFFSET_MAX / 2 || distance >= OFFSET_MAX / 2;
        if (far || Math.abs(offset(address)) >= OFFSET_MAX / 2) {
            throw notes.error(QirRule.MEMORY_RANGE, steps.at, distance, QirType.BYTES_MAX);
        }
        return address + distance;
    }

    /// Makes an object of so many elements and returns its address.
    long allocate(QirType type, long count) {
        long most = type.size() == 0 ? QirType.BYTES_MAX : QirType.BYTES_MAX / type.size();
        if (count < 0 || count > most) {
            throw notes.error(QirRule.VALUE_COUNT, steps.at, "elements", count, most);
        }
        blocks.add(new Block(type, type.size() * count, QirOperand.ZERO, ""));
        return global(blocks.size() - 1, 0);
    }

    /// The type of a part of an array or structure.
    static QirType part(QirType type, int index) {
        return switch (type) {
            case QirType.Array(long _, var element) -> element;
            case QirType.Structure(var fields) -> fields.get(index);
            case QirType.Void(), QirType.Whole _, QirType.Real(), QirType.Pointer() ->
                    throw new IllegalStateException("no composite: " + type.text());
            case QirType.Opaque _, QirType.Code _, QirType.Label(), QirType.Metadata() ->
                    throw new IllegalStateException("no composite: " + type.text());
        };
    }

    static int parts(QirType type) {
        return switch (type) {
            case QirType.Array(long count, var _) -> (int) Math.min(count, Integer.MAX_VALUE);
            case QirType.Structure(var fields) -> fields.size();
            case QirType.Void(), QirType.Whole _, QirType.Real(), QirType.Pointer() -> 0;
            case QirType.Opaque _, QirType.Code _, QirType.Label(), QirType.Metadata() -> 0;
        };
    }

    /// Where a part begins, in bytes.
    static long offset(QirType type, int index) {
        return type instanceof QirType.Structure structure
                ? structure.offset(index)
                : index * part(type, index).size();
    }

    /// The element type of the object at an address.
    QirType typeAt(long address) {
        return block(address).type;
    }

    private Block block(long address) {
        int object = object(address);
        if (object < 1 || object > blocks.size()) {
            String what = address == 0 ? "null" : "address " + address;
            throw notes.error(QirRule.MEMORY_ADDRESS, steps.at, what);
        }
        return blocks.get(object - 1);
    }

    /// Reads a value where the condition holds.
    QirValue load(long address, QirType type, int condition) {
        steps.take(1);
        if (type.isComposite()) {
            List<QirValue> parts = new ArrayList<>();
            for (int i = 0; i < parts(type); i++) {
                long at = moved(address, offset(type, i));
                parts.add(load(at, part(type, i), condition));
            }
            return new QirValue.Parts(parts);
        }
        Block block = block(address);
        long offset = offset(address);
        checkRange(block, offset, type);
        GuardedValue cell = block.cells.get(offset);
        QirValue first = first(block, offset, type, cell != null);
        if (cell == null) return first;
        checkShape(cell, type);
        return cell.read(condition, first, decisions, arithmetic);
    }

    void store(long address, QirType type, QirValue value, int condition) {
        steps.take(1);
        if (value instanceof QirValue.Parts(var parts)) {
            for (int i = 0; i < parts.size(); i++) {
                long at = moved(address, offset(type, i));
                store(at, part(type, i), parts.get(i), condition);
            }
            return;
        }
        Block block = block(address);
        long offset = offset(address);
        checkRange(block, offset, type);
        if (!block.constantName.isEmpty()) {
            throw notes.error(QirRule.MEMORY_CONSTANT, steps.at, block.constantName);
        }
        GuardedValue cell = block.cells.get(offset);
        if (cell == null) {
            checkOverlap(block, offset, type);
            cell = new GuardedValue(type);
            block.cells.put(offset, cell);
        }
        checkShape(cell, type);
        cell.write(condition, value, decisions, arithmetic);
    }

    private void checkRange(Block block, long offset, QirType type) {
        long end = offset + type.size();
        if (offset >= 0 && end <= block.size) return;
        throw notes.error(QirRule.MEMORY_RANGE, steps.at, offset < 0 ? offset : end, block.size);
    }

    private void checkShape(GuardedValue cell, QirType type) {
        if (!cell.type().equals(type)) {
            throw notes.error(QirRule.MEMORY_SHAPE, steps.at, type.text());
        }
    }

    private void checkOverlap(Block block, long offset, QirType type) {
        Map.Entry<Long, GuardedValue> before = block.cells.lowerEntry(offset);
        boolean below =
                before != null && before.getKey() + before.getValue().type().size() > offset;
        Long after = block.cells.higherKey(offset);
        if (below || after != null && after < offset + type.size()) {
            throw notes.error(QirRule.MEMORY_SHAPE, steps.at, type.text());
        }
    }

    /// What an object holds at the start.
    private QirValue first(Block block, long offset, QirType type, boolean written) {
        if (!written) checkOverlap(block, offset, type);
        if (block.first instanceof QirOperand.Zero) return QirArithmetic.constant(type, 0);
        QirOperand operand = block.first;
        QirType inner = block.type;
        long rest = offset;
        while (inner.isComposite() && operand instanceof QirOperand.Composite(var parts)) {
            steps.take(1 + parts.size() / 64);
            int index = partAt(inner, rest);
            rest -= offset(inner, index);
            inner = part(inner, index);
            operand = parts.get(index);
        }
        if (operand instanceof QirOperand.Text(byte[] bytes)) {
            if (!type.equals(new QirType.Whole(8))) {
                throw notes.error(QirRule.MEMORY_SHAPE, steps.at, type.text());
            }
            return QirValue.constant(bytes[(int) rest]);
        }
        boolean zero = operand instanceof QirOperand.Zero;
        if (!zero && (rest != 0 || !inner.equals(type))) {
            throw notes.error(QirRule.MEMORY_SHAPE, steps.at, type.text());
        }
        return scalar(operand, type);
    }

    private static int partAt(QirType type, long offset) {
        if (type instanceof QirType.Array(long _, var element)) {
            return (int) (offset / element.size());
        }
        int index = 0;
        while (index + 1 < parts(type) && offset(type, index + 1) <= offset) index++;
        return index;
    }

    /// The value of a constant that is no composite.
    static QirValue scalar(QirOperand operand, QirType type) {
        return switch (operand) {
            case QirOperand.Number(long bits) -> QirArithmetic.constant(type, bits);
            case QirOperand.Address(int global, long offset) ->
                    QirValue.constant(global(global, offset));
            case QirOperand.Zero() -> QirArithmetic.constant(type, 0);
            case QirOperand.Local _, QirOperand.Composite _, QirOperand.Text _ ->
                    throw new IllegalStateException("no constant number: " + operand);
        };
    }

    /// The string that begins at an address and ends before a 0; nothing at null.
    String text(long address) {
        if (address == 0) return "";
        Block block = block(address);
        if (!(block.first instanceof QirOperand.Text(byte[] bytes))) {
            boolean empty = block.first instanceof QirOperand.Zero && block.size > 0;
            if (empty) return "";
            throw notes.error(QirRule.LABEL, steps.at);
        }
        int from = Math.clamp(offset(address), 0, bytes.length);
        int to = from;
        while (to < bytes.length && bytes[to] != 0) to++;
        if (to == bytes.length) throw notes.error(QirRule.LABEL, steps.at);
        return new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
    }
}
