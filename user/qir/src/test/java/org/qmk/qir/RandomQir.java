package org.qmk.qir;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A random program, a pure function of its seed: as QIR, and as steps that can be run.
///
/// It has integers, truth values and doubles in memory, and qubits each of which is measured at
/// most once. A measurement that does not happen leaves its result 0.
final class RandomQir {

    static final int QUBITS = 5;
    private static final int INTEGERS = 4;
    private static final int DOUBLES = 2;
    private static final String[] OPERATORS = {
        "add", "sub", "mul", "and", "or", "xor", "shl", "lshr", "ashr", "sdiv", "udiv", "srem"
    };
    private static final String[] PREDICATES = {"eq", "ne", "slt", "sle", "ugt", "uge", "sgt"};

    private final SplittableRandom random;
    private final List<Step> steps;
    private final StringBuilder text = new StringBuilder();
    private int nextQubit;
    private int names;
    private String block = "entry";

    /// What a run has in memory.
    private static final class Memory {
        final int outcomes;
        final long[] integers = new long[INTEGERS];
        final double[] doubles = new double[DOUBLES];
        final boolean[] results = new boolean[QUBITS];

        Memory(int outcomes) {
            this.outcomes = outcomes;
            for (int i = 0; i < INTEGERS; i++) integers[i] = i;
        }
    }

    private sealed interface Step {}

    private record Measure(int qubit) implements Step {}

    /// Adds a result's value to an integer, shifted.
    private record Count(int qubit, int into, int shift) implements Step {}

    /// Works with an integer and another, or a constant if that is not negative.
    private record Work(String operator, int into, int a, int b, long constant) implements Step {}

    private record Real(int into, int integer, double factor) implements Step {}

    private record If(String predicate, int a, long constant, List<Step> yes, List<Step> no)
            implements Step {}

    /// Chooses without branching: by a result.
    private record Pick(int qubit, int into, int a, int b) implements Step {}

    private record Repeat(int rounds, List<Step> body) implements Step {}

    private RandomQir(SplittableRandom random) {
        this.random = random;
        steps = new ArrayList<>();
        while (nextQubit < QUBITS - 2) steps.add(new Measure(nextQubit++));
        steps.addAll(steps(8, 2));
    }

    static RandomQir of(long seed) {
        return new RandomQir(new SplittableRandom(seed));
    }

    private List<Step> steps(int count, int depth) {
        List<Step> made = new ArrayList<>();
        for (int i = 0; i < count; i++) made.add(step(depth));
        return made;
    }

    private Step step(int depth) {
        int into = random.nextInt(INTEGERS);
        int a = random.nextInt(INTEGERS);
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                if (nextQubit < QUBITS && depth > 0) return new Measure(nextQubit++);
                return new Count(random.nextInt(QUBITS), into, random.nextInt(3));
            }
            case 2, 3 -> {
                return new Count(random.nextInt(QUBITS), into, random.nextInt(3));
            }
            case 4 -> {
                return new Real(random.nextInt(DOUBLES), a, random.nextInt(1, 9) / 4.0);
            }
            case 5 -> {
                return new Pick(random.nextInt(QUBITS), into, a, random.nextInt(INTEGERS));
            }
            case 6, 7 -> {
                if (depth == 0) return work(into, a);
                String predicate = PREDICATES[random.nextInt(PREDICATES.length)];
                List<Step> yes = steps(random.nextInt(1, 4), depth - 1);
                List<Step> no = steps(random.nextInt(3), depth - 1);
                return new If(predicate, a, random.nextInt(-1, 4), yes, no);
            }
            case 8 -> {
                if (depth == 0) return work(into, a);
                // nothing is measured in a loop: each qubit is measured once
                return new Repeat(random.nextInt(1, 4), steps(random.nextInt(1, 3), 0));
            }
            default -> {
                return work(into, a);
            }
        }
    }

    private Step work(int into, int a) {
        String operator = OPERATORS[random.nextInt(OPERATORS.length)];
        boolean small = operator.endsWith("div") || operator.endsWith("rem");
        boolean shift = operator.startsWith("sh") || operator.endsWith("shr");
        if (small || shift || random.nextBoolean()) {
            return new Work(operator, into, a, -1, random.nextInt(1, 5));
        }
        return new Work(operator, into, a, random.nextInt(INTEGERS), 0);
    }

    /// The output records of a run, as the runner writes them.
    String run(int outcomes) {
        var memory = new Memory(outcomes);
        run(steps, memory);
        var records = new StringBuilder();
        for (long integer : memory.integers) {
            records.append("OUTPUT\tINT\t").append(integer).append("\tl\n");
        }
        for (double real : memory.doubles) {
            records.append("OUTPUT\tDOUBLE\t").append(QirOutputs.text(real)).append("\tl\n");
        }
        for (boolean result : memory.results) {
            records.append("OUTPUT\tRESULT\t").append(result ? 1 : 0).append("\tl\n");
        }
        return records.append("END\t0\n").toString();
    }

    private static void run(List<Step> steps, Memory memory) {
        for (Step step : steps) run(step, memory);
    }

    private static void run(Step step, Memory memory) {
        long[] x = memory.integers;
        switch (step) {
            case Measure(int qubit) -> memory.results[qubit] = (memory.outcomes >> qubit & 1) != 0;
            case Count(int qubit, int into, int shift) ->
                    x[into] += memory.results[qubit] ? 1L << shift : 0;
            case Work(var operator, int into, int a, int b, long constant) ->
                    x[into] = worked(operator, x[a], b < 0 ? constant : x[b]);
            case Real(int into, int integer, double factor) ->
                    memory.doubles[into] = memory.doubles[into] + x[integer] * factor;
            case If(var predicate, int a, long constant, var yes, var no) ->
                    run(compares(predicate, x[a], constant) ? yes : no, memory);
            case Pick(int qubit, int into, int a, int b) ->
                    x[into] = memory.results[qubit] ? x[a] : x[b];
            case Repeat(int rounds, var body) -> {
                for (int i = 0; i < rounds; i++) run(body, memory);
            }
        }
    }

    private static long worked(String operator, long a, long b) {
        return switch (operator) {
            case "add" -> a + b;
            case "sub" -> a - b;
            case "mul" -> a * b;
            case "and" -> a & b;
            case "or" -> a | b;
            case "xor" -> a ^ b;
            case "shl" -> a << b;
            case "lshr" -> a >>> b;
            case "ashr" -> a >> b;
            case "sdiv" -> a / b;
            case "udiv" -> Long.divideUnsigned(a, b);
            case "srem" -> a % b;
            default -> throw new IllegalStateException("no operator: " + operator);
        };
    }

    private static boolean compares(String predicate, long a, long b) {
        return switch (predicate) {
            case "eq" -> a == b;
            case "ne" -> a != b;
            case "slt" -> a < b;
            case "sle" -> a <= b;
            case "sgt" -> a > b;
            case "ugt" -> Long.compareUnsigned(a, b) > 0;
            case "uge" -> Long.compareUnsigned(a, b) >= 0;
            default -> throw new IllegalStateException("no comparison: " + predicate);
        };
    }

    /// The program as QIR; once only.
    String text() {
        text.append("@l = internal constant [2 x i8] c\"l\\00\"\n");
        text.append("define i64 @main() \"entry_point\" {\nentry:\n");
        for (int i = 0; i < INTEGERS; i++) {
            line("%x" + i + " = alloca i64");
            line("store i64 " + i + ", ptr %x" + i);
        }
        for (int i = 0; i < DOUBLES; i++) {
            line("%d" + i + " = alloca double");
            line("store double 0.0, ptr %d" + i);
        }
        write(steps);
        for (int i = 0; i < INTEGERS; i++) record("int", "i64", load("i64", "%x" + i));
        for (int i = 0; i < DOUBLES; i++) record("double", "double", load("double", "%d" + i));
        for (int i = 0; i < QUBITS; i++) record("result", "ptr", pointer(i));
        line("ret i64 0");
        return text.append(
                        """
                        }
                        define internal void @toss(ptr %q, ptr %r) {
                          call void @__quantum__qis__h__body(ptr %q)
                          call void @__quantum__qis__mz__body(ptr %q, ptr %r)
                          ret void
                        }
                        declare void @__quantum__qis__h__body(ptr)
                        declare void @__quantum__qis__mz__body(ptr, ptr)
                        declare i1 @__quantum__rt__read_result(ptr)
                        declare void @__quantum__rt__int_record_output(i64, ptr)
                        declare void @__quantum__rt__double_record_output(double, ptr)
                        declare void @__quantum__rt__result_record_output(ptr, ptr)
                        """)
                .toString();
    }

    private static String pointer(int index) {
        return "inttoptr (i64 " + index + " to ptr)";
    }

    private void line(String line) {
        text.append("  ").append(line).append('\n');
    }

    private String value(String expression) {
        String name = "%v" + names++;
        line(name + " = " + expression);
        return name;
    }

    private String load(String type, String from) {
        return value("load " + type + ", ptr " + from);
    }

    private void record(String what, String type, String value) {
        String function = "@__quantum__rt__" + what + "_record_output";
        line("call void " + function + "(" + type + " " + value + ", ptr @l)");
    }

    private void write(List<Step> written) {
        for (Step step : written) write(step);
    }

    private void write(Step step) {
        switch (step) {
            case Measure(int qubit) ->
                    line("call void @toss(ptr " + pointer(qubit) + ", ptr " + pointer(qubit) + ")");
            case Count(int qubit, int into, int shift) -> {
                String bit =
                        value("call i1 @__quantum__rt__read_result(ptr " + pointer(qubit) + ")");
                String wide = value("zext i1 " + bit + " to i64");
                String shifted = value("shl i64 " + wide + ", " + shift);
                String sum = value("add i64 " + load("i64", "%x" + into) + ", " + shifted);
                line("store i64 " + sum + ", ptr %x" + into);
            }
            case Work(var operator, int into, int a, int b, long constant) -> {
                String first = load("i64", "%x" + a);
                String second = b < 0 ? Long.toString(constant) : load("i64", "%x" + b);
                String result = value(operator + " i64 " + first + ", " + second);
                line("store i64 " + result + ", ptr %x" + into);
            }
            case Real(int into, int integer, double factor) -> {
                String real = value("sitofp i64 " + load("i64", "%x" + integer) + " to double");
                String scaled = value("fmul double " + real + ", " + factor);
                String sum = value("fadd double " + load("double", "%d" + into) + ", " + scaled);
                line("store double " + sum + ", ptr %d" + into);
            }
            case If branch -> write(branch);
            case Pick(int qubit, int into, int a, int b) -> {
                String bit =
                        value("call i1 @__quantum__rt__read_result(ptr " + pointer(qubit) + ")");
                String one = load("i64", "%x" + a);
                String other = load("i64", "%x" + b);
                String picked = value("select i1 " + bit + ", i64 " + one + ", i64 " + other);
                line("store i64 " + picked + ", ptr %x" + into);
            }
            case Repeat repeat -> write(repeat);
        }
    }

    private void write(If branch) {
        String a = load("i64", "%x" + branch.a);
        String holds = value("icmp " + branch.predicate + " i64 " + a + ", " + branch.constant);
        int id = names++;
        line("br i1 " + holds + ", label %yes" + id + ", label %no" + id);
        begin("yes" + id);
        write(branch.yes);
        line("br label %end" + id);
        begin("no" + id);
        write(branch.no);
        line("br label %end" + id);
        begin("end" + id);
    }

    private void write(Repeat repeat) {
        int id = names++;
        String from = block;
        line("br label %loop" + id);
        begin("loop" + id);
        line("%i" + id + " = phi i64 [ 0, %" + from + " ], [ %n" + id + ", %loop" + id + " ]");
        write(repeat.body);
        line("%n" + id + " = add i64 %i" + id + ", 1");
        line("%m" + id + " = icmp slt i64 %n" + id + ", " + repeat.rounds);
        line("br i1 %m" + id + ", label %loop" + id + ", label %after" + id);
        begin("after" + id);
    }

    private void begin(String name) {
        text.append(name).append(":\n");
        block = name;
    }
}
