package org.qmk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A random OpenQASM program and, computed beside it, its exact distribution. A pure function of
/// the seed.
///
/// The distribution comes from the meaning of OpenQASM, not from QVM: each statement is a text and
/// an action on paths. The bits of a key are in Qiskit's order, the last register's highest first.
final class RandomQasm {

    private static final double R = Math.sqrt(0.5);
    private static final QasmBranch.Unitary H = new QasmBranch.Unitary(R, 0, R, 0, R, 0, -R, 0);
    private static final QasmBranch.Unitary X = new QasmBranch.Unitary(0, 0, 1, 0, 1, 0, 0, 0);
    private static final QasmBranch.Unitary Y = new QasmBranch.Unitary(0, 0, 0, -1, 0, 1, 0, 0);
    private static final QasmBranch.Unitary SX =
            new QasmBranch.Unitary(.5, .5, .5, -.5, .5, -.5, .5, .5);
    private static final String[] PLAIN = {"x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "id"};
    private static final String[] TURNED = {"rx", "ry", "rz", "p"};
    private static final int QUBITS = 4;
    private static final int BITS = 5;
    private static final int DEPTH = 3;

    /// A statement: its text, and what it makes of paths. A loop passes its counter.
    private record Statement(String text, Action action) {}

    private interface Action {
        List<QasmBranch> run(List<QasmBranch> paths, int counter);
    }

    private record Condition(String text, Predicate<QasmBranch> holds) {}

    /// A gate with its text and matrix, before modifiers.
    private record BareGate(String text, QasmBranch.Unitary unitary) {}

    private final SplittableRandom random;
    private final boolean version2;
    private int splitsLeft = 8;

    private RandomQasm(long seed, boolean version2) {
        random = new SplittableRandom(seed);
        this.version2 = version2;
    }

    /// @param distribution probability by key
    record Program(String text, TreeMap<String, Double> distribution) {}

    /// One in four is OpenQASM 2, the rest OpenQASM 3.
    static Program of(long seed) {
        return new RandomQasm(seed, seed % 4 == 3).program();
    }

    private Program program() {
        List<Statement> statements = new ArrayList<>();
        int length = 3 + random.nextInt(15);
        for (int i = 0; i < length; i++) statements.add(statement(0));
        var text = new StringBuilder(header());
        List<QasmBranch> paths = List.of(new QasmBranch(QUBITS, BITS));
        for (Statement statement : statements) {
            text.append(statement.text).append('\n');
            paths = statement.action.run(paths, 0);
        }
        TreeMap<String, Double> distribution = new TreeMap<>();
        for (QasmBranch path : paths) distribution.merge(key(path), path.weight(), Double::sum);
        return new Program(text.toString(), distribution);
    }

    /// Registers q and r of two qubits each; c of three bits, and d of two.
    private String header() {
        return version2
                ? """
                OPENQASM 2.0;
                include "qelib1.inc";
                gate mix(a) u, v { h u; cx u, v; u1(a) v; }
                qreg q[2];
                qreg r[2];
                creg c[3];
                creg d[2];
                """
                : """
                OPENQASM 3.0;
                include "stdgates.inc";
                gate mix(a) u, v { h u; cx u, v; p(a) v; }
                qubit[2] q;
                qubit[2] r;
                bit[3] c = "000";
                bit[2] d = "00";
                """;
    }

    private static String key(QasmBranch path) {
        var key = new StringBuilder();
        for (int bit = BITS - 1; bit >= 0; bit--) key.append(path.bits[bit] ? '1' : '0');
        return key.toString();
    }

    private static String qubit(int index) {
        return (index < 2 ? "q[" : "r[") + index % 2 + "]";
    }

    private static String bit(int index) {
        return index < 3 ? "c[" + index + "]" : "d[" + (index - 3) + "]";
    }

    private int[] qubits(int count) {
        List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) chosen[i] = left.remove(random.nextInt(left.size()));
        return chosen;
    }

    private static Action each(java.util.function.Consumer<QasmBranch> change) {
        return (paths, _) -> {
            for (QasmBranch path : paths) change.accept(path);
            return paths;
        };
    }

    private Statement statement(int depth) {
        int kind = random.nextInt(100);
        if (kind < 12) return measure();
        if (kind < 16) return reset();
        if (kind < 28 && depth < DEPTH) return branch(depth);
        if (kind < 33 && depth < DEPTH && !version2) return loop();
        if (kind < 37 && !version2) return assign();
        if (kind < 40) return new Statement("barrier q, r;", (paths, _) -> paths);
        if (kind < 47) return swap();
        if (kind < 54) return broadcast();
        if (kind < 60) return custom();
        if (kind < 68) return named();
        return version2 ? gate2() : gate3();
    }

    private Statement measure() {
        if (splitsLeft < 1) return broadcast();
        if (splitsLeft > 1 && random.nextInt(4) == 0) {
            splitsLeft -= 2;
            String text = version2 || random.nextBoolean() ? "measure r -> d;" : "d = measure r;";
            return new Statement(text, (paths, _) -> measured(measured(paths, 2, 3), 3, 4));
        }
        splitsLeft--;
        int qubit = random.nextInt(QUBITS);
        int bit = random.nextInt(BITS);
        String text =
                version2 || random.nextBoolean()
                        ? "measure " + qubit(qubit) + " -> " + bit(bit) + ";"
                        : bit(bit) + " = measure " + qubit(qubit) + ";";
        return new Statement(text, (paths, _) -> measured(paths, qubit, bit));
    }

    private static List<QasmBranch> measured(List<QasmBranch> paths, int qubit, int bit) {
        List<QasmBranch> next = new ArrayList<>();
        for (QasmBranch path : paths) next.addAll(path.measure(qubit, bit));
        return next;
    }

    private Statement reset() {
        if (splitsLeft < 1) return broadcast();
        splitsLeft--;
        int qubit = random.nextInt(QUBITS);
        return new Statement(
                "reset " + qubit(qubit) + ";",
                (paths, _) -> {
                    List<QasmBranch> next = new ArrayList<>();
                    for (QasmBranch path : paths) next.addAll(path.reset(qubit));
                    return next;
                });
    }

    private Condition condition() {
        boolean wide = random.nextBoolean();
        int size = wide ? 3 : 2;
        int value = random.nextInt(1 << size);
        Condition register =
                new Condition(
                        (wide ? "c == " : "d == ") + value,
                        path -> value(path, wide ? 0 : 3, size) == value);
        if (version2) return register;
        int one = random.nextInt(BITS);
        int other = random.nextInt(BITS);
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Condition(bit(one), path -> path.bits[one]);
            case 2 -> new Condition("!" + bit(one), path -> !path.bits[one]);
            case 3 -> new Condition(bit(one) + " == 0", path -> !path.bits[one]);
            case 4 ->
                    new Condition(
                            bit(one) + " && !" + bit(other),
                            path -> path.bits[one] && !path.bits[other]);
            case 5 ->
                    new Condition(
                            bit(one) + " || " + bit(other),
                            path -> path.bits[one] || path.bits[other]);
            case 6 -> new Condition("c != " + value, path -> value(path, 0, 3) != value);
            default -> register;
        };
    }

    private static int value(QasmBranch path, int from, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) value |= (path.bits[from + i] ? 1 : 0) << i;
        return value;
    }

    private Statement branch(int depth) {
        Condition condition = condition();
        if (version2) {
            Statement body = gate2();
            return new Statement(
                    "if(" + condition.text + ") " + body.text,
                    (paths, counter) ->
                            forked(condition, List.of(body), List.of(), paths, counter));
        }
        List<Statement> then = block(depth + 1);
        List<Statement> other = random.nextBoolean() ? block(depth + 1) : List.of();
        var text = new StringBuilder("if (" + condition.text + ") {\n");
        for (Statement statement : then) text.append("  ").append(statement.text).append('\n');
        text.append('}');
        if (!other.isEmpty()) {
            text.append(" else {\n");
            for (Statement statement : other) text.append("  ").append(statement.text).append('\n');
            text.append('}');
        }
        return new Statement(
                text.toString(),
                (paths, counter) -> forked(condition, then, other, paths, counter));
    }

    private List<Statement> block(int depth) {
        List<Statement> block = new ArrayList<>();
        int length = 1 + random.nextInt(2);
        for (int i = 0; i < length; i++) block.add(statement(depth));
        return block;
    }

    private static List<QasmBranch> forked(
            Condition condition,
            List<Statement> then,
            List<Statement> other,
            List<QasmBranch> paths,
            int counter) {
        List<QasmBranch> yes = paths.stream().filter(condition.holds).toList();
        List<QasmBranch> no = paths.stream().filter(condition.holds.negate()).toList();
        List<QasmBranch> all = new ArrayList<>(runAll(then, yes, counter));
        all.addAll(runAll(other, no, counter));
        return all;
    }

    private static List<QasmBranch> runAll(
            List<Statement> statements, List<QasmBranch> paths, int counter) {
        List<QasmBranch> current = paths;
        for (Statement statement : statements) current = statement.action.run(current, counter);
        return current;
    }

    /// A loop whose body names a qubit by its counter, and turns by it.
    private Statement loop() {
        boolean down = random.nextBoolean();
        String range = down ? "[1:-1:0]" : random.nextBoolean() ? "[0:1]" : "{0, 1}";
        BareGate gate = plain();
        return new Statement(
                "for uint i in "
                        + range
                        + " { "
                        + gate.text
                        + " q[i]; cp(pi / 2 ** i) q[i], r[0]; }",
                (paths, _) -> {
                    for (int step = 0; step < 2; step++) {
                        int i = down ? 1 - step : step;
                        for (QasmBranch path : paths) {
                            path.apply(gate.unitary, i, 0, 0);
                            double turn = Math.PI / (1 << i);
                            var phase = QasmBranch.Unitary.diagonal(0, turn);
                            path.apply(phase, 2, 1 << i, 1 << i);
                        }
                    }
                    return paths;
                });
    }

    private Statement assign() {
        int to = random.nextInt(BITS);
        int one = random.nextInt(BITS);
        int other = random.nextInt(BITS);
        return switch (random.nextInt(4)) {
            case 0 ->
                    new Statement(
                            bit(to) + " = " + bit(one) + " ^ " + bit(other) + ";",
                            each(path -> path.bits[to] = path.bits[one] ^ path.bits[other]));
            case 1 ->
                    new Statement(
                            bit(to) + " = " + bit(one) + " & " + bit(other) + ";",
                            each(path -> path.bits[to] = path.bits[one] & path.bits[other]));
            case 2 ->
                    new Statement(
                            bit(to) + " = !" + bit(one) + ";",
                            each(path -> path.bits[to] = !path.bits[one]));
            default -> new Statement("c = \"101\";", each(RandomQasm::setRegister));
        };
    }

    private static void setRegister(QasmBranch path) {
        path.bits[0] = true;
        path.bits[1] = false;
        path.bits[2] = true;
    }

    private Statement swap() {
        int[] at = qubits(3);
        if (version2 || random.nextBoolean()) {
            return new Statement(
                    "swap " + qubit(at[0]) + ", " + qubit(at[1]) + ";",
                    each(path -> path.swap(at[0], at[1], 0, 0)));
        }
        boolean negative = random.nextBoolean();
        int wanted = negative ? 0 : 1 << at[2];
        return new Statement(
                (negative ? "negctrl @ swap " : "cswap ")
                        + qubit(at[2])
                        + ", "
                        + qubit(at[0])
                        + ", "
                        + qubit(at[1])
                        + ";",
                each(path -> path.swap(at[0], at[1], 1 << at[2], wanted)));
    }

    private Statement broadcast() {
        if (random.nextBoolean()) {
            BareGate gate = plain();
            return new Statement(
                    gate.text + " r;",
                    each(
                            path -> {
                                path.apply(gate.unitary, 2, 0, 0);
                                path.apply(gate.unitary, 3, 0, 0);
                            }));
        }
        return new Statement(
                "cx q, r;",
                each(
                        path -> {
                            path.apply(X, 2, 1, 1);
                            path.apply(X, 3, 2, 2);
                        }));
    }

    private Statement custom() {
        int[] at = qubits(2);
        double angle = angle();
        boolean inverse = !version2 && random.nextBoolean();
        QasmBranch.Unitary phase = QasmBranch.Unitary.diagonal(0, inverse ? -angle : angle);
        return new Statement(
                (inverse ? "inv @ mix(" : "mix(")
                        + number(angle)
                        + ") "
                        + qubit(at[0])
                        + ", "
                        + qubit(at[1])
                        + ";",
                each(
                        path -> {
                            if (inverse) path.apply(phase, at[1], 0, 0);
                            else path.apply(H, at[0], 0, 0);
                            path.apply(X, at[1], 1 << at[0], 1 << at[0]);
                            if (inverse) path.apply(H, at[0], 0, 0);
                            else path.apply(phase, at[1], 0, 0);
                        }));
    }

    private double angle() {
        if (random.nextBoolean()) return random.nextInt(-7, 8) * Math.PI / 4;
        return random.nextDouble(-4, 4);
    }

    /// A number as a program writes it, sometimes as a multiple of pi.
    private static String number(double angle) {
        double eighths = angle / Math.PI * 4;
        if (eighths == Math.rint(eighths)) return (int) eighths + " * pi / 4";
        return String.format(Locale.ROOT, "%.17g", angle);
    }

    private BareGate plain() {
        String name = PLAIN[random.nextInt(PLAIN.length)];
        if (version2 && name.equals("sx")) name = "h";
        return new BareGate(name, matrix(name, 0));
    }

    private BareGate bare() {
        if (random.nextBoolean()) return plain();
        String name = TURNED[random.nextInt(TURNED.length)];
        if (version2 && name.equals("p")) name = "u1";
        double angle = angle();
        return new BareGate(name + "(" + number(angle) + ")", matrix(name, angle));
    }

    private static QasmBranch.Unitary matrix(String name, double angle) {
        double c = Math.cos(angle / 2);
        double s = Math.sin(angle / 2);
        return switch (name) {
            case "id" -> QasmBranch.Unitary.diagonal(0, 0);
            case "x" -> X;
            case "y" -> Y;
            case "z" -> QasmBranch.Unitary.diagonal(0, Math.PI);
            case "h" -> H;
            case "s" -> QasmBranch.Unitary.diagonal(0, Math.PI / 2);
            case "sdg" -> QasmBranch.Unitary.diagonal(0, -Math.PI / 2);
            case "t" -> QasmBranch.Unitary.diagonal(0, Math.PI / 4);
            case "tdg" -> QasmBranch.Unitary.diagonal(0, -Math.PI / 4);
            case "sx" -> SX;
            case "rx" -> new QasmBranch.Unitary(c, 0, 0, -s, 0, -s, c, 0);
            case "ry" -> new QasmBranch.Unitary(c, 0, -s, 0, s, 0, c, 0);
            case "rz" -> QasmBranch.Unitary.diagonal(-angle / 2, angle / 2);
            case "p", "u1" -> QasmBranch.Unitary.diagonal(0, angle);
            default -> throw new IllegalArgumentException("no gate is named " + name);
        };
    }

    /// A gate of OpenQASM 2, controlled ones included.
    private Statement gate2() {
        int[] at = qubits(3);
        double angle = angle();
        return switch (random.nextInt(6)) {
            case 0 -> controlled("cx", X, at, 1);
            case 1 -> controlled("cz", matrix("z", 0), at, 1);
            case 2 -> controlled("ccx", X, at, 2);
            case 3 -> controlled("cu1(" + number(angle) + ")", matrix("u1", angle), at, 1);
            case 4 -> controlled("crz(" + number(angle) + ")", matrix("rz", angle), at, 1);
            default -> {
                BareGate gate = bare();
                yield controlled(gate.text, gate.unitary, at, 0);
            }
        };
    }

    /// A gate of several angles, or a controlled one that has a name of its own.
    private Statement named() {
        int[] at = qubits(2);
        double theta = angle();
        double phi = angle();
        double lambda = angle();
        String angles = number(theta) + ", " + number(phi) + ", " + number(lambda);
        return switch (random.nextInt(version2 ? 5 : 8)) {
            case 0 ->
                    controlled(
                            (version2 ? "u3(" : "U(") + angles + ")",
                            u3(theta, phi, lambda, 0),
                            at,
                            0);
            case 1 -> {
                String two = "u2(" + number(phi) + ", " + number(lambda) + ")";
                yield controlled(two, u3(Math.PI / 2, phi, lambda, 0), at, 0);
            }
            case 2 -> controlled("ch", H, at, 1);
            case 3 -> controlled("cy", Y, at, 1);
            case 4 -> controlled("cz", matrix("z", 0), at, 1);
            case 5 -> controlled("crx(" + number(theta) + ")", matrix("rx", theta), at, 1);
            case 6 -> controlled("cry(" + number(theta) + ")", matrix("ry", theta), at, 1);
            default -> {
                double gamma = angle();
                String four = "cu(" + angles + ", " + number(gamma) + ")";
                yield controlled(four, u3(theta, phi, lambda, gamma), at, 1);
            }
        };
    }

    /// e^(i gamma) (cos, -e^(i lambda) sin; e^(i phi) sin, e^(i (phi + lambda)) cos) of theta / 2.
    private static QasmBranch.Unitary u3(double theta, double phi, double lambda, double gamma) {
        double c = Math.cos(theta / 2);
        double s = Math.sin(theta / 2);
        return new QasmBranch.Unitary(
                c * Math.cos(gamma), c * Math.sin(gamma),
                -s * Math.cos(gamma + lambda), -s * Math.sin(gamma + lambda),
                s * Math.cos(gamma + phi), s * Math.sin(gamma + phi),
                c * Math.cos(gamma + phi + lambda), c * Math.sin(gamma + phi + lambda));
    }

    private static Statement controlled(
            String name, QasmBranch.Unitary unitary, int[] at, int controls) {
        var text = new StringBuilder(name).append(' ');
        int mask = 0;
        for (int i = 0; i < controls; i++) {
            mask |= 1 << at[i];
            text.append(qubit(at[i])).append(", ");
        }
        int all = mask;
        text.append(qubit(at[controls])).append(';');
        return new Statement(
                text.toString(), each(path -> path.apply(unitary, at[controls], all, all)));
    }

    /// A gate of OpenQASM 3 under modifiers: inverted, raised to a power, controlled.
    private Statement gate3() {
        BareGate gate = bare();
        int[] at = qubits(4);
        int controls = random.nextInt(10) < 5 ? 0 : 1 + random.nextInt(2);
        boolean inverse = random.nextInt(4) == 0;
        int power = random.nextInt(4) == 0 ? random.nextInt(-2, 4) : 1;
        var text = new StringBuilder();
        int mask = 0;
        int wanted = 0;
        for (int i = 0; i < controls; i++) {
            boolean positive = random.nextBoolean();
            text.append(positive ? "ctrl @ " : "negctrl @ ");
            mask |= 1 << at[i];
            wanted |= positive ? 1 << at[i] : 0;
        }
        if (inverse) text.append("inv @ ");
        if (power != 1) text.append("pow(").append(power).append(") @ ");
        text.append(gate.text).append(' ');
        for (int i = 0; i < controls; i++) text.append(qubit(at[i])).append(", ");
        text.append(qubit(at[controls])).append(';');
        boolean backwards = inverse != power < 0;
        QasmBranch.Unitary unitary = backwards ? gate.unitary.adjoint() : gate.unitary;
        int where = mask;
        int values = wanted;
        return new Statement(
                text.toString(),
                each(
                        path -> {
                            for (int i = 0; i < Math.abs(power); i++) {
                                path.apply(unitary, at[controls], where, values);
                            }
                        }));
    }
}
