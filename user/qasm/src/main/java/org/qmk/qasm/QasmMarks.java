package org.qmk.qasm;

import java.util.ArrayList;
import java.util.List;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Opcode;

/// Barriers, and the pragmas by which the writer keeps nodes that OpenQASM has no words for:
/// `pragma qmk.fence`, `pragma qmk.region TAG`, `pragma qmk.policy key=value key=value`.
final class QasmMarks {

    /// Longer lists of qubits become a barrier for all.
    private static final int TAG_LENGTH_MAX = 2000;

    /// Rounds that a bound may allow.
    static final int ROUNDS_MAX = 1_000_000;

    /// What the tag of a barrier begins with.
    static final String BARRIER = "barrier";

    private final QasmNotes notes;
    private final QasmEmitter emitter;
    private final QasmQubits qubits;

    QasmMarks(QasmNotes notes, QasmEmitter emitter, QasmQubits qubits) {
        this.notes = notes;
        this.emitter = emitter;
        this.qubits = qubits;
    }

    /// A barrier on the given qubits, or on all if there are none.
    void barrier(List<int[]> operands) {
        var tag = new StringBuilder(BARRIER);
        int count = 0;
        for (int[] operand : operands) {
            for (int qubit : operand) {
                count++;
                if (tag.length() <= TAG_LENGTH_MAX) tag.append(' ').append(qubits.name(qubit));
            }
        }
        boolean all = count == qubits.count() || tag.length() > TAG_LENGTH_MAX;
        emitter.mark(Opcode.BAR_REGION, new Argument.Tag(all ? BARRIER : tag.toString()));
    }

    void pragma(int start, String text) {
        if ("qmk.fence".equals(text)) {
            emitter.mark(Opcode.FENCE_EPOCH, Argument.NOTHING);
        } else if (text.startsWith("qmk.region ")) {
            emitter.mark(Opcode.BAR_REGION, new Argument.Tag(text.substring(11)));
        } else if (text.startsWith("qmk.policy ")) {
            emitter.mark(Opcode.SET_POLICY, new Argument.Policy(entries(text.substring(11))));
        } else {
            notes.warn(QasmRule.WARN_PRAGMA, start, text);
        }
    }

    /// How many rounds a text states.
    static long rounds(String text, int at, QasmNotes notes) {
        String digits = text.strip();
        boolean fits = digits.matches("[0-9]{1,9}") && Long.parseLong(digits) <= ROUNDS_MAX;
        if (!fits) throw notes.error(QasmRule.LOOP_BOUND, at, "'" + digits + "'", ROUNDS_MAX);
        return Long.parseLong(digits);
    }

    private static List<Argument.Policy.Entry> entries(String text) {
        List<Argument.Policy.Entry> entries = new ArrayList<>();
        for (String entry : text.split(" ")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                entries.add(
                        new Argument.Policy.Entry(
                                entry.substring(0, equals), entry.substring(equals + 1)));
            }
        }
        return entries;
    }
}
