package org.qmk.qir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values and blocks of a function while its body is read, by number.
final class QirBody implements QirOperands.Locals {

    /// The block in which a function begins.
    static final int ENTRY = 0;

    private static final int NONE = -1;

    private final QirNotes notes;
    // Looked up, never iterated.
    private final Map<String, Integer> localIndex = new HashMap<>();
    private final Map<String, Integer> blockIndex = new HashMap<>();
    private final List<String> localNames = new ArrayList<>();
    private final List<QirType> localTypes = new ArrayList<>();
    private final List<String> blockNames = new ArrayList<>();
    private final List<List<QirInstruction>> blocks = new ArrayList<>();
    private int[] localUses = new int[16];
    private int[] blockUses = new int[16];

    /// The number that the next value or block without a name gets.
    private int unnamed;

    private int current = NONE;

    /// Whether a line of the block at hand could not be read, so that its end may be missing.
    private boolean damaged;

    QirBody(QirNotes notes) {
        this.notes = notes;
    }

    /// The next number for something without a name.
    String unnamed() {
        return Integer.toString(unnamed++);
    }

    @Override
    public QirOperand local(String name, QirType type, int at) {
        int index = index(name, type, at);
        QirType known = localTypes.get(index);
        if (!known.equals(type)) {
            throw notes.error(QirRule.TYPE_MISMATCH, at, "%" + name, known.text(), type.text());
        }
        return new QirOperand.Local(index);
    }

    private int index(String name, QirType type, int at) {
        Integer known = localIndex.putIfAbsent(name, localNames.size());
        if (known != null) return known;
        int index = localNames.size();
        localNames.add(name);
        localTypes.add(type);
        if (index == localUses.length) localUses = Arrays.copyOf(localUses, 2 * index);
        localUses[index] = at;
        return index;
    }

    /// Makes a value.
    int define(String name, QirType type, int at) {
        int index = index(name, type, at);
        QirType used = localTypes.get(index);
        if (localUses[index] == NONE) {
            throw notes.error(QirRule.NAME_TWICE, at, "%" + name);
        }
        localUses[index] = NONE;
        if (used.equals(type)) return index;
        localTypes.set(index, type);
        throw notes.error(QirRule.TYPE_MISMATCH, at, "%" + name, type.text(), used.text());
    }

    /// The number of a block that is led to from a place.
    int block(String name, int at) {
        Integer known = blockIndex.putIfAbsent(name, blocks.size());
        if (known != null) return known;
        int index = blocks.size();
        blockNames.add(name);
        blocks.add(new ArrayList<>());
        if (index == blockUses.length) blockUses = Arrays.copyOf(blockUses, 2 * index);
        blockUses[index] = at;
        return index;
    }

    /// Begins a block.
    void begin(String name, int at) {
        close(at);
        damaged = false;
        int index = block(name, at);
        boolean isNew = blockUses[index] != NONE;
        blockUses[index] = NONE;
        current = index;
        if (!isNew) throw notes.error(QirRule.NAME_TWICE, at, "%" + name);
    }

    boolean isOpen() {
        return current != NONE;
    }

    /// Adds an instruction to the block at hand; a terminator ends the block.
    void add(QirInstruction instruction) {
        List<QirInstruction> block = blocks.get(current);
        if (instruction instanceof QirInstruction.Phi && !block.isEmpty()) {
            if (!(block.getLast() instanceof QirInstruction.Phi)) {
                throw notes.error(QirRule.FLOW_PHI_LATE, instruction.at());
            }
        }
        block.add(instruction);
        if (instruction.isTerminator()) current = NONE;
    }

    /// Ends the body, or the block before another begins.
    void close(int at) {
        if (current == NONE) return;
        String name = "%" + blockNames.get(current);
        current = NONE;
        if (!damaged) QirValidator.note(notes.error(QirRule.FLOW_OPEN, at, name));
    }

    /// A line of the block at hand could not be read.
    void damage() {
        damaged = true;
    }

    int locals() {
        return localNames.size();
    }

    List<String> blockNames() {
        return blockNames;
    }

    /// The blocks, once everything that is named is there and every phi knows where control may
    /// come from.
    List<List<QirInstruction>> blocks() {
        for (int i = 0; i < localNames.size(); i++) {
            if (localUses[i] != NONE) unknown(localNames.get(i), localUses[i]);
        }
        for (int i = 0; i < blocks.size(); i++) {
            if (blockUses[i] != NONE) unknown(blockNames.get(i), blockUses[i]);
        }
        if (!notes.hasErrors()) checkPhis();
        return blocks;
    }

    private void unknown(String name, int at) {
        QirRefusal refusal = notes.error(QirRule.NAME_UNKNOWN, at, "%" + name);
        if (refusal == QirRefusal.PROGRAM) throw refusal;
    }

    private void checkPhis() {
        QirFlow flow = QirFlow.of(blocks);
        if (flow.sources(ENTRY).length > 0) {
            int at = blocks.get(flow.sources(ENTRY)[0]).getLast().at();
            throw notes.error(QirRule.FLOW_ENTRY, at, "%" + blockNames.get(ENTRY));
        }
        int[] seen = new int[blocks.size()];
        int stamp = 0;
        for (int block = 0; block < blocks.size(); block++) {
            for (QirInstruction instruction : blocks.get(block)) {
                if (!(instruction instanceof QirInstruction.Phi phi)) break;
                stamp++;
                for (int from : phi.blocks()) seen[from] = stamp;
                for (int from : flow.sources(block)) {
                    if (seen[from] == stamp) continue;
                    String name = "%" + blockNames.get(from);
                    throw notes.error(QirRule.FLOW_PHI, phi.at(), name);
                }
            }
        }
    }
}
