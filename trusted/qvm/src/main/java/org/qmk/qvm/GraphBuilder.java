package org.qmk.qvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Collects a graph, node by node. Distinct guards and arguments are kept once.
///
/// A node is begun with its operation, given its handles in the order qubits, channels, inputs,
/// outputs, and closed by the next `node` or by `build`. A builder is used once.
public final class GraphBuilder {

    final Names qubits = new Names();
    final Names channels = new Names();
    final Names events = new Names();
    final Names outputs = new Names();
    final Names labels = new Names();
    final Ints outputEvents = new Ints();
    final Ints operandEnds = new Ints();
    final Ints operands = new Ints();
    final Ints guards = new Ints();
    final Ints arguments = new Ints();
    final Ints labelledNodes = new Ints();
    private final List<long[]> after = new ArrayList<>();
    final List<Guard> guardTable = new ArrayList<>(List.of(Guard.ALWAYS));
    final List<Argument> argumentTable = new ArrayList<>(List.of(Argument.NOTHING));
    // Looked up, never iterated.
    private final Map<Spelled, Integer> guardIndex = new HashMap<>();
    private final Map<Spelled, Integer> argumentIndex = new HashMap<>();
    final TreeSet<String> families = new TreeSet<>();
    final EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
    byte[] opcodes = new byte[16];
    int size;
    long[] defaultsToZero = new long[0];
    int qubitsDeclared;
    int channelsDeclared;
    int eventsDeclared;
    private boolean outputsGiven;

    /// An empty graph.
    public GraphBuilder() {}

    /// Declares a qubit handle and returns its index. Declare before the first undeclared use.
    public int declareQubit(String name) {
        qubitsDeclared++;
        return qubits.add(name);
    }

    public int declareChannel(String name) {
        channelsDeclared++;
        return channels.add(name);
    }

    public int declareEvent(String name) {
        eventsDeclared++;
        return events.add(name);
    }

    /// An index for a name that the graph uses but does not declare; the verifier will say so.
    public int undeclaredQubit(String name) {
        return qubits.add(name);
    }

    public int undeclaredChannel(String name) {
        return channels.add(name);
    }

    public int undeclaredEvent(String name) {
        return events.add(name);
    }

    /// States that an event whose node does not happen reads as 0.
    public GraphBuilder defaultToZero(int event) {
        int word = event >>> 6;
        if (word >= defaultsToZero.length) {
            defaultsToZero = Arrays.copyOf(defaultsToZero, Math.max(word + 1, 2 * word));
        }
        defaultsToZero[word] |= 1L << event;
        return this;
    }

    /// Names a bit of the result. Without any output, the declared events are the outputs.
    public GraphBuilder output(String name, int event) {
        outputsGiven = true;
        outputs.add(name);
        outputEvents.add(event);
        return this;
    }

    /// States that the result has exactly the outputs given, even if there are none.
    public GraphBuilder outputsGiven() {
        outputsGiven = true;
        return this;
    }

    /// Adds a required family, `core/1` for one; a known or unknown text, once or more.
    public GraphBuilder require(String family) {
        families.add(family);
        return this;
    }

    public GraphBuilder request(Capability capability) {
        capabilities.add(capability);
        return this;
    }

    /// Requires the families and requests the capabilities of every node added so far.
    public GraphBuilder requireWhatIsUsed() {
        boolean[] seen = new boolean[0x80];
        for (int node = 0; node < size; node++) seen[opcodes[node]] = true;
        for (Opcode opcode : Opcode.values()) {
            if (!seen[opcode.code()]) continue;
            require(opcode.family().text());
            opcode.capability().ifPresent(this::request);
        }
        return this;
    }

    /// Begins a node without guard and argument and returns this builder.
    public GraphBuilder node(Opcode opcode) {
        if (size == opcodes.length) opcodes = Arrays.copyOf(opcodes, 2 * size);
        opcodes[size++] = (byte) opcode.code();
        operandEnds.add(operands.size);
        if (guards.size > 0) guards.add(0);
        if (arguments.size > 0) arguments.add(0);
        return this;
    }

    public GraphBuilder qubit(int qubit) {
        return operand(Operand.qubit(qubit));
    }

    public GraphBuilder qubits(int... handles) {
        for (int handle : handles) qubit(handle);
        return this;
    }

    public GraphBuilder channel(int channel) {
        return operand(Operand.channel(channel));
    }

    public GraphBuilder input(int event) {
        return operand(Operand.input(event));
    }

    public GraphBuilder output(int event) {
        return operand(Operand.output(event));
    }

    /// Adds a packed operand to the node begun last.
    public GraphBuilder operand(int operand) {
        operands.add(operand);
        operandEnds.values[size - 1] = operands.size;
        return this;
    }

    public GraphBuilder guard(Guard guard) {
        int index = 0;
        if (!(guard instanceof Guard.Always)) {
            index =
                    guardIndex.computeIfAbsent(
                            new Spelled(guard, Argument.NOTHING), _ -> guardTable.size());
            if (index == guardTable.size()) guardTable.add(guard);
        }
        if (index != 0 || guards.size > 0) guards.setLast(index, size);
        return this;
    }

    public GraphBuilder argument(Argument argument) {
        int index = 0;
        if (!(argument instanceof Argument.Nothing)) {
            index =
                    argumentIndex.computeIfAbsent(
                            new Spelled(Guard.ALWAYS, argument), _ -> argumentTable.size());
            if (index == argumentTable.size()) argumentTable.add(argument);
        }
        if (index != 0 || arguments.size > 0) arguments.setLast(index, size);
        return this;
    }

    /// Labels the node begun last.
    public GraphBuilder label(String label) {
        labelledNodes.add(size - 1);
        labels.add(label);
        return this;
    }

    /// Adds the edge "node waits for target". Indices may lie ahead of the nodes added so far.
    public GraphBuilder after(int node, int target) {
        after.add(new long[] {node, target});
        return this;
    }

    /// The number of nodes so far.
    public int size() {
        return size;
    }

    public Graph build() {
        after.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        if (!outputsGiven) {
            for (int event = 0; event < eventsDeclared; event++) {
                outputs.copy(events, event);
                outputEvents.add(event);
            }
        }
        return new Graph(this);
    }

    /// The waiting nodes (column 0) or what they wait for (column 1).
    int[] afterColumn(int place) {
        int[] column = new int[after.size()];
        for (int i = 0; i < column.length; i++) column[i] = (int) after.get(i)[place];
        return column;
    }

    /// A guard or argument as a key. Comparable, so that keys chosen to have equal hash codes cost
    /// a map no more than a search in a tree.
    private static final class Spelled implements Comparable<Spelled> {
        private final Guard guard;
        private final Argument argument;
        private byte[] bytes;

        Spelled(Guard guard, Argument argument) {
            this.guard = guard;
            this.argument = argument;
        }

        private byte[] bytes() {
            if (bytes == null) bytes = CanonicalForm.spelling(guard, argument);
            return bytes;
        }

        @Override
        public int compareTo(Spelled that) {
            return Arrays.compare(bytes(), that.bytes());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Spelled that
                    && guard.equals(that.guard)
                    && argument.equals(that.argument);
        }

        @Override
        public int hashCode() {
            return 31 * guard.hashCode() + argument.hashCode();
        }
    }

    /// A growing array of ints.
    static final class Ints {
        int[] values = new int[16];
        int size;

        void add(int value) {
            if (size == values.length) values = Arrays.copyOf(values, 2 * size);
            values[size++] = value;
        }

        /// Sets the last of `length` values, those not yet given being 0.
        void setLast(int value, int length) {
            if (length > values.length) values = Arrays.copyOf(values, Math.max(length, 2 * size));
            size = length;
            values[length - 1] = value;
        }

        int[] trimmed() {
            return Arrays.copyOf(values, size);
        }
    }

    /// A growing name table.
    static final class Names {
        private final Ints ends = new Ints();
        private byte[] letters = new byte[64];
        private int length;

        int add(String name) {
            append(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return ends.size - 1;
        }

        void copy(Names from, int index) {
            int start = index == 0 ? 0 : from.ends.values[index - 1];
            append(Arrays.copyOfRange(from.letters, start, from.ends.values[index]));
        }

        private void append(byte[] utf8) {
            if (length + utf8.length > letters.length) {
                letters = Arrays.copyOf(letters, Math.max(length + utf8.length, 2 * length));
            }
            System.arraycopy(utf8, 0, letters, length, utf8.length);
            length += utf8.length;
            ends.add(length);
        }

        NameTable table(int declared) {
            return new NameTable(Arrays.copyOf(letters, length), ends.trimmed(), declared);
        }
    }
}
