package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Operand;

/// The events of one path through a program. Events not made yet are 0.
final class EventBits {

    private final long[] words;

    EventBits(int events) {
        words = new long[events + 63 >>> 6];
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    void copyFrom(EventBits other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
    }

    boolean get(int event) {
        return (words[event >>> 6] >>> event & 1) != 0;
    }

    void set(int event, boolean value) {
        long bit = 1L << event;
        if (value) words[event >>> 6] |= bit;
        else words[event >>> 6] &= ~bit;
    }

    boolean holds(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> true;
            case Guard.Is(var event, var value) -> get(event) == value;
            case Guard.All(var parts) -> {
                for (Guard part : parts) if (!holds(part)) yield false;
                yield true;
            }
            case Guard.Any(var parts) -> {
                for (Guard part : parts) if (holds(part)) yield true;
                yield false;
            }
        };
    }

    /// Whether a `PAULI` step applies: the XOR of its node's inputs, or true where it has none.
    boolean applies(Graph graph, int node) {
        boolean any = false;
        boolean odd = false;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) != Operand.Kind.INPUT) continue;
            any = true;
            odd ^= get(Operand.index(operand));
        }
        return !any || odd;
    }

    /// Makes the event of a classical step.
    void evaluate(StepList steps, int step) {
        Graph graph = steps.graph();
        int node = steps.node(step);
        int start = graph.operandStart(node);
        int inputs = graph.operandEnd(node) - start - 1;
        boolean value =
                switch (steps.act(step)) {
                    case EVENT_CONST -> graph.argument(node).equals(new Argument.Bit(true));
                    case EVENT_NOT -> !input(graph, start);
                    case EVENT_XOR -> (countOnes(graph, start, inputs) & 1) != 0;
                    case EVENT_AND -> countOnes(graph, start, inputs) == inputs;
                    case EVENT_OR -> countOnes(graph, start, inputs) > 0;
                    case EVENT_SELECT ->
                            input(graph, start) ? input(graph, start + 1) : input(graph, start + 2);
                    case ALLOC,
                            FREE,
                            RESET,
                            MEASURE,
                            MEASURE_ANGLE,
                            PAULI,
                            ROTATE,
                            H,
                            S,
                            SDG,
                            SX,
                            SXDG,
                            T,
                            TDG,
                            CNOT,
                            CZ,
                            SWAP,
                            ISWAP,
                            ISWAPDG,
                            CCZ,
                            TOFFOLI ->
                            throw new IllegalArgumentException(
                                    steps.act(step) + " is not classical");
                };
        set(steps.event(step), value);
    }

    /// Sets the events that are 1 in the planes of shots `order[from]` to `order[to - 1]`.
    void writeTo(long[][] planes, int[] order, int from, int to) {
        for (int word = 0; word < words.length; word++) {
            for (long rest = words[word]; rest != 0; rest &= rest - 1) {
                long[] plane = planes[64 * word + Long.numberOfTrailingZeros(rest)];
                for (int i = from; i < to; i++) plane[order[i] >>> 6] |= 1L << order[i];
            }
        }
    }

    private boolean input(Graph graph, int operand) {
        return get(Operand.index(graph.operand(operand)));
    }

    private int countOnes(Graph graph, int start, int inputs) {
        int ones = 0;
        for (int i = start; i < start + inputs; i++) if (input(graph, i)) ones++;
        return ones;
    }
}
