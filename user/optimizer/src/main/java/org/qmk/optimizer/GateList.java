package org.qmk.optimizer;

import java.util.Arrays;
import org.qmk.qvm.Opcode;

/// Gates in program order on qubits numbered from 0, in columns. Grows; a reader goes by index.
///
/// Gates are those of `Opcode` that have a matrix (one to three qubits), `RX`, `RY` and `RZ` with
/// an angle in radians, and, for gates done through ancillas, `MEASURE_Z` and `MEASURE_X`, which
/// make an event, and gates that happen only if an event is 1.
public final class GateList {

    /// Where a gate has no such qubit, event or guard.
    public static final int NONE = -1;

    private static final int[] AS_HERE = {};
    private static final Opcode[] OPCODES = Opcode.values();

    private int qubits;
    private int events;
    private int size;
    private byte[] opcodes = new byte[16];
    private int[] operands = new int[3 * 16];
    private int[] made = new int[0];
    private int[] guards = new int[0];
    private double[] angles = new double[0];

    /// @param qubits how many qubits there are; more can be added
    public GateList(int qubits) {
        this.qubits = qubits;
    }

    public int qubits() {
        return qubits;
    }

    public int events() {
        return events;
    }

    public int size() {
        return size;
    }

    /// A qubit more, an ancilla in the state 0; returns its number.
    public int addQubit() {
        return qubits++;
    }

    /// An event more, for a gate that another list brings; returns its number.
    public int addEvent() {
        return events++;
    }

    public void add(Opcode opcode, int first) {
        append(opcode, first, NONE, NONE);
    }

    public void add(Opcode opcode, int first, int second) {
        append(opcode, first, second, NONE);
    }

    public void add(Opcode opcode, int first, int second, int third) {
        append(opcode, first, second, third);
    }

    /// @param angle in radians
    public void rotate(Opcode opcode, int qubit, double angle) {
        append(opcode, qubit, NONE, NONE);
        if (angles.length < size) angles = Arrays.copyOf(angles, opcodes.length);
        angles[size - 1] = angle;
    }

    /// Appends `MEASURE_Z` or `MEASURE_X` and returns the event that it makes.
    public int measure(Opcode opcode, int qubit) {
        append(opcode, qubit, NONE, NONE);
        made = marked(made);
        made[size - 1] = events;
        return events++;
    }

    /// Lets the gate that was appended last happen only if the event is 1.
    public void guardLast(int event) {
        guards = marked(guards);
        guards[size - 1] = event;
    }

    /// Appends the gate of another list, whose qubits and events are numbered as here.
    public void addFrom(GateList other, int gate) {
        addFrom(other, gate, AS_HERE);
    }

    /// Appends the gate of another list, whose qubits are numbered as here.
    ///
    /// @param numbers by event of the other list: its number here
    public void addFrom(GateList other, int gate, int[] numbers) {
        append(other.opcode(gate), other.first(gate), other.second(gate), other.third(gate));
        double angle = other.angle(gate);
        if (angle != 0) {
            if (angles.length < size) angles = Arrays.copyOf(angles, opcodes.length);
            angles[size - 1] = angle;
        }
        if (other.made(gate) != NONE) {
            int event = numbered(other.made(gate), numbers);
            made = marked(made);
            made[size - 1] = event;
            events = Math.max(events, event + 1);
        }
        if (other.guard(gate) != NONE) guardLast(numbered(other.guard(gate), numbers));
    }

    private static int numbered(int event, int[] numbers) {
        return numbers.length == 0 ? event : numbers[event];
    }

    private void append(Opcode opcode, int first, int second, int third) {
        if (size == opcodes.length) {
            int capacity = Math.multiplyExact(size, 2);
            opcodes = Arrays.copyOf(opcodes, capacity);
            operands = Arrays.copyOf(operands, Math.multiplyExact(3, capacity));
        }
        opcodes[size] = (byte) opcode.ordinal();
        operands[3 * size] = first;
        operands[3 * size + 1] = second;
        operands[3 * size + 2] = third;
        size++;
    }

    private int[] marked(int[] column) {
        if (column.length >= size) return column;
        int[] longer = Arrays.copyOf(column, opcodes.length);
        Arrays.fill(longer, column.length, longer.length, NONE);
        return longer;
    }

    public Opcode opcode(int gate) {
        return OPCODES[opcodes[gate]];
    }

    public int first(int gate) {
        return operands[3 * gate];
    }

    /// The second qubit, or `NONE`.
    public int second(int gate) {
        return operands[3 * gate + 1];
    }

    /// The third qubit, or `NONE`.
    public int third(int gate) {
        return operands[3 * gate + 2];
    }

    /// The qubit at a place counted from 0, or `NONE`.
    public int qubit(int gate, int place) {
        return operands[3 * gate + place];
    }

    /// The angle in radians; 0 where the gate has none.
    public double angle(int gate) {
        return gate < angles.length ? angles[gate] : 0;
    }

    /// The event that the gate makes, or `NONE`.
    public int made(int gate) {
        return gate < made.length ? made[gate] : NONE;
    }

    /// The event that must be 1 for the gate to happen, or `NONE`.
    public int guard(int gate) {
        return gate < guards.length ? guards[gate] : NONE;
    }

    /// How many T gates there are; a CCZ or Toffoli counts as none.
    public long tCount() {
        long count = 0;
        for (int i = 0; i < size; i++) {
            if (opcodes[i] == Opcode.APPLY_T.ordinal()
                    || opcodes[i] == Opcode.APPLY_TDG.ordinal()) {
                count++;
            }
        }
        return count;
    }

    /// The most gates one after the other, without those done in software; a gate is after the
    /// measurement that its guard waits for.
    public int depth() {
        int[] depths = new int[qubits];
        int[] eventDepths = new int[events];
        int deepest = 0;
        for (int i = 0; i < size; i++) {
            int depth = guard(i) == NONE ? 0 : eventDepths[guard(i)];
            for (int place = 0; place < 3 && qubit(i, place) != NONE; place++) {
                depth = Math.max(depth, depths[qubit(i, place)]);
            }
            if (!opcode(i).inSoftware()) depth++;
            for (int place = 0; place < 3 && qubit(i, place) != NONE; place++) {
                depths[qubit(i, place)] = depth;
            }
            if (made(i) != NONE) eventDepths[made(i)] = depth;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
