package org.qmk.qasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Graph;

/// Integers mean the same whether they are known, measured, or computed by Java.
class QasmIntegerTest {

    private static final int PROGRAMS = 400;

    /// A variable of a random type and value.
    private record Variable(String name, int width, boolean isSigned, long value) {
        String type() {
            return (isSigned ? "int[" : "uint[") + width + "]";
        }
    }

    /// A formula, and what it gives. Width 0 is a number that is written down.
    private record Formula(String text, long value, int width, boolean isSigned) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void random_formulas_give_what_java_computes(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < PROGRAMS; i++) {
            List<Variable> variables = new ArrayList<>();
            for (int v = 0; v < 3; v++) variables.add(variable("v" + v, random));
            Formula formula = formula(variables, 3, random);
            int width = 1 + random.nextInt(12);
            boolean isSigned = random.nextBoolean();
            String result = (isSigned ? "int[" : "uint[") + width + "]";
            String expected = bits(formula.value, width);
            String text = "output " + result + " r = " + formula.text + ";";

            String known = known(variables) + text;
            String measured = measured(variables) + text;

            assertEquals(Map.of(expected, 1.0), run(known), known);
            assertEquals(Map.of(expected, 1.0), run(measured), measured);
        }
    }

    private static Map<String, Double> run(String program) {
        Graph graph = QasmGateTest.read(program);
        return GraphDistribution.of(graph);
    }

    private static String bits(long value, int width) {
        var text = new StringBuilder();
        for (int i = width - 1; i >= 0; i--) text.append(value >> i & 1);
        return text.toString();
    }

    private static String known(List<Variable> variables) {
        var text = new StringBuilder("qubit q; ");
        for (Variable v : variables) {
            text.append(v.type() + " " + v.name + " = " + v.value + "; ");
        }
        return text.toString();
    }

    /// Each bit of each variable comes from a measurement of a qubit in a known state.
    private static String measured(List<Variable> variables) {
        var text = new StringBuilder("include \"stdgates.inc\"; qubit q; ");
        for (Variable v : variables) {
            text.append("bit[" + v.width + "] b_" + v.name + "; ");
            for (int i = 0; i < v.width; i++) {
                text.append("reset q; ");
                if ((v.value >> i & 1) != 0) text.append("x q; ");
                text.append("b_" + v.name + "[" + i + "] = measure q; ");
            }
            text.append(v.type() + " " + v.name + " = " + v.type() + "(b_" + v.name + "); ");
        }
        return text.toString();
    }

    private static Variable variable(String name, SplittableRandom random) {
        int width = 1 + random.nextInt(8);
        boolean isSigned = random.nextBoolean();
        return new Variable(name, width, isSigned, wrapped(random.nextLong(), width, isSigned));
    }

    private static long wrapped(long value, int width, boolean isSigned) {
        if (width == 0 || width >= 64) return value;
        long low = value & (1L << width) - 1;
        return isSigned && (low >> width - 1 & 1) != 0 ? low - (1L << width) : low;
    }

    private static Formula formula(List<Variable> variables, int depth, SplittableRandom random) {
        if (depth == 0 || random.nextInt(8) == 0) {
            if (random.nextInt(4) == 0) {
                long value = random.nextInt(20);
                return new Formula(String.valueOf(value), value, 0, false);
            }
            Variable v = variables.get(random.nextInt(variables.size()));
            return new Formula(v.name, v.value, v.width, v.isSigned);
        }
        Formula a = formula(variables, depth - 1, random);
        int kind = random.nextInt(16);
        if (kind < 2) return unary(a, kind == 0);
        Formula b = formula(variables, depth - 1, random);
        if (kind < 4) return shifted(a, random.nextInt(10), kind == 2);
        if (kind < 8) return compared(a, b, kind - 4);
        // an odd divisor is never 0
        boolean divides = kind == 11 || kind == 12;
        Formula right = divides ? calculated(b, new Formula("1", 1, 0, false), 6) : b;
        return calculated(a, right, kind - 8);
    }

    private static Formula unary(Formula a, boolean minus) {
        if (minus) {
            boolean literal = a.width == 0;
            int width = literal || a.isSigned ? a.width : a.width + 1;
            long value = literal ? -a.value : wrapped(-a.value, width, true);
            return new Formula("(-" + a.text + ")", value, width, true);
        }
        long value = wrapped(~a.value, a.width, a.isSigned);
        return new Formula("(~" + a.text + ")", value, a.width, a.isSigned);
    }

    private static Formula shifted(Formula a, int distance, boolean left) {
        long value = left ? a.value << distance : a.value >> distance;
        return new Formula(
                "(" + a.text + (left ? " << " : " >> ") + distance + ")",
                wrapped(value, a.width, a.isSigned),
                a.width,
                a.isSigned);
    }

    /// A comparison chooses between 0 and 1 of 4 bits.
    private static Formula compared(Formula a, Formula b, int kind) {
        boolean holds =
                switch (kind) {
                    case 0 -> a.value < b.value;
                    case 1 -> a.value >= b.value;
                    case 2 -> a.value == b.value;
                    default -> a.value != b.value;
                };
        String operator = List.of("<", ">=", "==", "!=").get(kind);
        String text = "uint[4](" + a.text + " " + operator + " " + b.text + ")";
        return new Formula(text, holds ? 1 : 0, 4, false);
    }

    private static Formula calculated(Formula a, Formula b, int kind) {
        boolean literal = a.width == 0 && b.width == 0;
        boolean isSigned = kind == 1 || isSigned(a) || isSigned(b);
        int width = literal ? 0 : Math.min(64, Math.max(need(a, isSigned), need(b, isSigned)));
        long x = wrapped(a.value, width, isSigned);
        long y = wrapped(b.value, width, isSigned);
        String operator = List.of("+", "-", "*", "/", "%", "&", "|", "^").get(kind);
        long value =
                switch (kind) {
                    case 0 -> x + y;
                    case 1 -> x - y;
                    case 2 -> x * y;
                    case 3 -> x / y;
                    case 4 -> x % y;
                    case 5 -> x & y;
                    case 6 -> x | y;
                    default -> x ^ y;
                };
        return new Formula(
                "(" + a.text + " " + operator + " " + b.text + ")",
                wrapped(value, width, isSigned),
                width,
                literal ? value < 0 : isSigned);
    }

    private static boolean isSigned(Formula a) {
        return a.width == 0 ? a.value < 0 : a.isSigned;
    }

    /// Bits that hold the value of a formula in a calculation with or without sign.
    private static int need(Formula a, boolean isSigned) {
        if (a.width > 0) return a.width + (isSigned && !a.isSigned ? 1 : 0);
        int bits = 1;
        while (isSigned
                ? a.value < -(1L << bits - 1) || a.value >= 1L << bits - 1
                : a.value >= 1L << bits) bits++;
        return bits;
    }
}
