package org.qmk.qasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Makes random OpenQASM 3 programs with gates, modifiers, measurements, resets, conditions, loops
/// and classical logic, each together with its exact distribution, which is found by running the
/// program as it is written: bits that change, and no graph.
final class QasmGenerator {

    /// At most this many measurements and resets, so that all paths can be followed.
    private static final int BRANCHES_MAX = 7;

    /// @param source OpenQASM 3
    /// @param qubits at most 6
    record Program(String source, int qubits, List<Action> actions, List<Integer> registers) {

        /// The exact distribution of the results, keyed as the reader orders them: the register
        /// declared last comes first, each with its highest bit first.
        Map<String, Double> distribution() {
            var distribution = new TreeMap<String, Double>();
            int bits = registers.stream().mapToInt(Integer::intValue).sum();
            run(
                    actions,
                    0,
                    new ExactState(qubits),
                    new boolean[bits + INTEGER_BITS],
                    state -> {
                        var key = new StringBuilder();
                        for (int i = bits - 1; i >= 0; i--) key.append(state.bits[i] ? '1' : '0');
                        distribution.merge(key.toString(), state.state.weight(), Double::sum);
                    });
            return distribution;
        }
    }

    /// What a statement does to qubits and bits.
    sealed interface Action {
        record Gate(ReferenceGate gate, int[] qubits) implements Action {}

        record Measure(int qubit, int bit) implements Action {}

        record Reset(int qubit) implements Action {}

        record Assign(Consumer<boolean[]> change) implements Action {}

        record Choose(Predicate<boolean[]> condition, List<Action> then, List<Action> otherwise)
                implements Action {}
    }

    private record Moment(ExactState state, boolean[] bits) {}

    /// Bits of the one integer variable, which is no result.
    private static final int INTEGER_BITS = 3;

    private final SplittableRandom random;
    private final StringBuilder source = new StringBuilder();
    private final int qubits;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private int bits;
    private int branches;

    private QasmGenerator(long seed) {
        random = new SplittableRandom(seed);
        qubits = random.nextInt(1, 7);
    }

    /// The program of a seed: the same on every machine.
    static Program generate(long seed) {
        return new QasmGenerator(seed).program();
    }

    private Program program() {
        source.append("OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[")
                .append(qubits)
                .append("] q;\n");
        int registers = random.nextInt(1, 4);
        for (int i = 0; i < registers; i++) declareBits("c" + i, random.nextInt(1, 4));
        source.append("uint[3] n = 0;\n");
        source.append("gate g(t) a, b { rx(t) a; cx a, b; inv @ s b; gphase(t/2); }\n");
        List<Action> actions = new ArrayList<>();
        scramble(actions);
        for (int i = random.nextInt(3); i > 0; i--) measure(actions, "", random.nextInt(bits));
        int count = random.nextInt(3, 16);
        for (int i = 0; i < count; i++) statement(actions, 0, "");
        for (int bit = 0; bit < bits && branches < BRANCHES_MAX; bit++) {
            if (random.nextBoolean()) measure(actions, "", bit);
        }
        return new Program(source.toString(), qubits, actions, List.copyOf(sizes));
    }

    /// Turns and entangles the qubits, so that measurements are not foregone.
    private void scramble(List<Action> actions) {
        for (int qubit = 0; qubit < qubits; qubit++) {
            boolean half = random.nextBoolean();
            ReferenceGate gate =
                    half
                            ? ReferenceGate.of("h")
                            : ReferenceGate.of("ry", random.nextDouble(0.5, 2.5));
            source.append(gate.text()).append(" q[").append(qubit).append("];\n");
            actions.add(new Action.Gate(gate, new int[] {qubit}));
        }
        for (int qubit = 1; qubit < qubits; qubit++) {
            if (random.nextBoolean()) continue;
            source.append("cx q[").append(qubit - 1).append("], q[").append(qubit).append("];\n");
            actions.add(new Action.Gate(ReferenceGate.of("cx"), new int[] {qubit - 1, qubit}));
        }
    }

    private void declareBits(String name, int size) {
        boolean scalar = size == 1 && random.nextBoolean();
        names.add(scalar ? name : name + "[");
        sizes.add(size);
        starts.add(bits);
        bits += size;
        source.append(scalar ? "bit " : "bit[" + size + "] ").append(name).append(";\n");
    }

    private String bit(int bit) {
        int register = register(bit);
        String name = names.get(register);
        return name.endsWith("[") ? name + (bit - starts.get(register)) + "]" : name;
    }

    private int register(int bit) {
        int register = 0;
        while (register + 1 < starts.size() && starts.get(register + 1) <= bit) register++;
        return register;
    }

    private void statement(List<Action> actions, int depth, String indent) {
        int kind = random.nextInt(depth < 3 ? 16 : 11);
        switch (kind) {
            case 0, 1, 2, 3, 4, 5 -> gate(actions, indent);
            case 6 -> integer(actions, indent);
            case 7, 8 -> {
                if (branches < BRANCHES_MAX) measure(actions, indent, random.nextInt(bits));
                else gate(actions, indent);
            }
            case 9 -> reset(actions, indent);
            case 10 -> assign(actions, indent);
            case 11, 12, 13 -> choose(actions, depth, indent);
            case 14 -> loop(actions, indent, depth);
            default -> source.append(indent).append("barrier q;\n");
        }
    }

    private void gate(List<Action> actions, String indent) {
        if (qubits >= 2 && random.nextInt(8) == 0) {
            defined(actions, indent);
            return;
        }
        String name = ReferenceGate.STDGATES.get(random.nextInt(ReferenceGate.STDGATES.size()));
        ReferenceGate gate = ReferenceGate.random(name, random);
        for (int i = random.nextInt(3); i > 0; i--) {
            gate =
                    switch (random.nextInt(4)) {
                        case 0 -> gate.inverse();
                        case 1 -> gate.power(random.nextInt(-2, 4));
                        default ->
                                gate.qubits() < qubits
                                        ? gate.controlled(random.nextBoolean())
                                        : gate;
                    };
        }
        if (gate.qubits() > qubits) gate = ReferenceGate.of("h");
        int[] operands = operands(gate.qubits());
        source.append(indent)
                .append(gate.text())
                .append(' ')
                .append(operandText(operands))
                .append(";\n");
        actions.add(new Action.Gate(gate, operands));
    }

    /// The gate g, which every program defines.
    private void defined(List<Action> actions, String indent) {
        double angle = random.nextInt(-8, 9) * Math.PI / 4;
        int[] operands = operands(2);
        ComplexMatrix g = ComplexMatrix.identity(4);
        g.apply(ReferenceGate.of("rx", angle).matrix(), 1);
        g.apply(ReferenceGate.of("cx").matrix(), 1, 0);
        g.apply(ReferenceGate.of("sdg").matrix(), 0);
        source.append(indent)
                .append("g(")
                .append(angle)
                .append(") ")
                .append(operandText(operands))
                .append(";\n");
        actions.add(new Action.Gate(new ReferenceGate("g", g), operands));
    }

    private int[] operands(int count) {
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = i;
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, qubits);
            int old = all[i];
            all[i] = all[j];
            all[j] = old;
        }
        return Arrays.copyOf(all, count);
    }

    private static String operandText(int[] operands) {
        var text = new StringBuilder();
        for (int operand : operands)
            text.append(text.isEmpty() ? "q[" : ", q[").append(operand).append(']');
        return text.toString();
    }

    private void measure(List<Action> actions, String indent, int bit) {
        int qubit = random.nextInt(qubits);
        branches++;
        if (random.nextBoolean()) {
            source.append(indent)
                    .append(bit(bit))
                    .append(" = measure q[")
                    .append(qubit)
                    .append("];\n");
        } else {
            source.append(indent)
                    .append("measure q[")
                    .append(qubit)
                    .append("] -> ")
                    .append(bit(bit))
                    .append(";\n");
        }
        actions.add(new Action.Measure(qubit, bit));
    }

    private void reset(List<Action> actions, String indent) {
        if (branches >= BRANCHES_MAX) return;
        branches++;
        int qubit = random.nextInt(qubits);
        source.append(indent).append("reset q[").append(qubit).append("];\n");
        actions.add(new Action.Reset(qubit));
    }

    private void assign(List<Action> actions, String indent) {
        int target = random.nextInt(bits);
        int a = random.nextInt(bits);
        int b = random.nextInt(bits);
        switch (random.nextInt(5)) {
            case 0 -> {
                boolean value = random.nextBoolean();
                assign(
                        actions,
                        indent,
                        bit(target) + " = " + (value ? "true" : "0"),
                        s -> s[target] = value);
            }
            case 1 ->
                    assign(
                            actions,
                            indent,
                            bit(target) + " = " + bit(a) + " ^ " + bit(b),
                            s -> s[target] = s[a] ^ s[b]);
            case 2 ->
                    assign(
                            actions,
                            indent,
                            bit(target) + " = " + bit(a) + " & ~" + bit(b),
                            s -> s[target] = s[a] & !s[b]);
            case 3 ->
                    assign(actions, indent, bit(target) + " |= " + bit(a), s -> s[target] |= s[a]);
            default -> complement(actions, indent);
        }
    }

    private void complement(List<Action> actions, String indent) {
        int register = random.nextInt(names.size());
        String name = names.get(register).replace("[", "");
        int start = starts.get(register);
        int size = sizes.get(register);
        assign(
                actions,
                indent,
                name + " = ~" + name,
                s -> {
                    for (int i = 0; i < size; i++) s[start + i] = !s[start + i];
                });
    }

    private void assign(
            List<Action> actions, String indent, String text, Consumer<boolean[]> change) {
        source.append(indent).append(text).append(";\n");
        actions.add(new Action.Assign(change));
    }

    /// n += c, n = n * 3 and the like, modulo 8.
    private void integer(List<Action> actions, String indent) {
        int register = random.nextInt(names.size());
        String name = names.get(register).replace("[", "");
        int start = starts.get(register);
        int size = sizes.get(register);
        int at = bits;
        int k = random.nextInt(8);
        switch (random.nextInt(4)) {
            case 0 ->
                    assign(
                            actions,
                            indent,
                            "n += uint[3](" + name + ")",
                            s -> put(s, at, number(s, at, 3) + number(s, start, size)));
            case 1 ->
                    assign(actions, indent, "n = n * " + k, s -> put(s, at, number(s, at, 3) * k));
            case 2 ->
                    assign(
                            actions,
                            indent,
                            "n = (n - " + k + ") ^ " + k,
                            s -> put(s, at, number(s, at, 3) - k & 7 ^ k));
            default ->
                    assign(
                            actions,
                            indent,
                            "n = n << " + (k % 3),
                            s -> put(s, at, number(s, at, 3) << k % 3));
        }
    }

    private static int number(boolean[] bits, int start, int size) {
        int number = 0;
        for (int i = 0; i < size; i++) {
            if (bits[start + i]) number |= 1 << i;
        }
        return number;
    }

    private static void put(boolean[] bits, int start, int number) {
        for (int i = 0; i < INTEGER_BITS; i++) bits[start + i] = (number >> i & 1) != 0;
    }

    private record Condition(String text, Predicate<boolean[]> holds) {}

    private Condition condition(int depth) {
        int a = random.nextInt(bits);
        int register = random.nextInt(names.size());
        String name = names.get(register).replace("[", "");
        int start = starts.get(register);
        int size = sizes.get(register);
        int k = random.nextInt(1 << size);
        int at = bits;
        return switch (random.nextInt(depth < 2 ? 10 : 7)) {
            case 0 -> new Condition(bit(a), s -> s[a]);
            case 1 -> new Condition("!" + bit(a), s -> !s[a]);
            case 2 -> new Condition(bit(a) + " == 1", s -> s[a]);
            case 3 -> new Condition(name + " == " + k, s -> number(s, start, size) == k);
            case 4 -> new Condition(name + " < " + k, s -> number(s, start, size) < k);
            case 5 ->
                    new Condition(
                            "(" + name + " & " + k + ") != 0",
                            s -> (number(s, start, size) & k) != 0);
            case 6 -> new Condition("n >= " + k, s -> number(s, at, 3) >= k);
            case 7 -> both(depth, true);
            case 8 -> both(depth, false);
            default -> {
                Condition inner = condition(depth + 1);
                yield new Condition("!(" + inner.text + ")", s -> !inner.holds.test(s));
            }
        };
    }

    private Condition both(int depth, boolean and) {
        Condition left = condition(depth + 1);
        Condition right = condition(depth + 1);
        String text = "(" + left.text + (and ? " && " : " || ") + right.text + ")";
        return new Condition(text, and ? left.holds.and(right.holds) : left.holds.or(right.holds));
    }

    private void choose(List<Action> actions, int depth, String indent) {
        Condition condition = condition(0);
        List<Action> then = new ArrayList<>();
        List<Action> otherwise = new ArrayList<>();
        source.append(indent).append("if (").append(condition.text).append(") {\n");
        for (int i = random.nextInt(1, 4); i > 0; i--) statement(then, depth + 1, indent + "  ");
        source.append(indent).append("}");
        if (random.nextBoolean()) {
            source.append(" else {\n");
            for (int i = random.nextInt(1, 3); i > 0; i--) {
                statement(otherwise, depth + 1, indent + "  ");
            }
            source.append(indent).append("}");
        }
        source.append('\n');
        actions.add(new Action.Choose(condition.holds, then, otherwise));
    }

    /// A loop that turns every qubit by its number.
    private void loop(List<Action> actions, String indent, int depth) {
        String i = "i" + depth;
        source.append(indent)
                .append("for uint ")
                .append(i)
                .append(" in [0:")
                .append(qubits - 1)
                .append("] {\n");
        source.append(indent)
                .append("  ry(")
                .append(i)
                .append(" * pi/4 + 0.1) q[")
                .append(i)
                .append("];\n");
        source.append(indent)
                .append("  if (")
                .append(bit(0))
                .append(") x q[")
                .append(i)
                .append("];\n");
        source.append(indent).append("}\n");
        for (int q = 0; q < qubits; q++) {
            actions.add(
                    new Action.Gate(ReferenceGate.of("ry", q * Math.PI / 4 + 0.1), new int[] {q}));
            var flip = new Action.Gate(ReferenceGate.of("x"), new int[] {q});
            actions.add(new Action.Choose(s -> s[0], List.of(flip), List.of()));
        }
    }

    /// Runs actions from one on, and hands on every path's end.
    private static void run(
            List<Action> actions,
            int from,
            ExactState state,
            boolean[] bits,
            Consumer<Moment> then) {
        if (from == actions.size()) {
            then.accept(new Moment(state, bits));
            return;
        }
        Consumer<Moment> rest = moment -> run(actions, from + 1, moment.state, moment.bits, then);
        switch (actions.get(from)) {
            case Action.Gate(ReferenceGate gate, int[] qubits) -> {
                ExactState next = state.copy();
                next.apply(gate.matrix(), qubits);
                rest.accept(new Moment(next, bits));
            }
            case Action.Assign(var change) -> {
                boolean[] next = bits.clone();
                change.accept(next);
                rest.accept(new Moment(state, next));
            }
            case Action.Choose(var condition, var yes, var no) ->
                    run(condition.test(bits) ? yes : no, 0, state, bits, rest);
            case Action.Measure(int qubit, int bit) -> {
                for (int value = 0; value < 2; value++) {
                    boolean[] next = bits.clone();
                    next[bit] = value == 1;
                    state.where(qubit, value == 1)
                            .ifPresent(part -> rest.accept(new Moment(part, next)));
                }
            }
            case Action.Reset(int qubit) -> {
                state.where(qubit, false).ifPresent(part -> rest.accept(new Moment(part, bits)));
                state.where(qubit, true)
                        .ifPresent(
                                part -> {
                                    part.apply(ReferenceGate.of("x").matrix(), qubit);
                                    rest.accept(new Moment(part, bits));
                                });
            }
        }
    }
}
