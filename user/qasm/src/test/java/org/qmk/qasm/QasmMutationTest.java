package org.qmk.qasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No input makes the reader or writer throw, or think for long.
class QasmMutationTest {

    private static final int INPUTS = 25_000;
    private static final long NANOS_MAX = 2_000_000_000L;

    private static final String[] WORDS = {
        "gate",
        "qubit",
        "bit",
        "if",
        "else",
        "for",
        "in",
        "[0:3]",
        "measure",
        "->",
        "=",
        "==",
        "ctrl @",
        "negctrl(2) @",
        "inv @",
        "pow(3) @",
        "pow(0.5) @",
        "q",
        "c",
        "x",
        "rx(0.3)",
        "U(1,2,3)",
        "gphase(1);",
        ";",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        ":",
        "++",
        "let",
        "const",
        "int",
        "uint[8]",
        "float",
        "angle[4]",
        "bool",
        "switch",
        "case",
        "default",
        "def",
        "while",
        "box",
        "delay[10ns]",
        "cal {",
        "input",
        "output",
        "true",
        "\"0101\"",
        "0x1F",
        "1e9",
        "2.5",
        "π",
        "θ",
        "$0",
        "barrier",
        "reset",
        "/*",
        "*/",
        "//",
        "\n",
        "@a",
        "pragma p\n",
        "include \"stdgates.inc\";",
        "~",
        "!",
        "&&",
        "||",
        "<<",
        ">>",
        "**",
        "%",
        "sin(1)",
        "popcount(c)",
        "rotl(c, 1)",
        "OPENQASM 2.0;",
        "opaque",
        "end;",
        "999999999999",
        "def f(int a, qubit b) -> int { return a; }",
        "f(1, q[0])",
        "f(",
        "return 1;",
        "array[int[8], 2, 2]",
        "a[1, 0]",
        "{1, 2}",
        "while (c[0])",
        "@qmk.bound 9\n",
        "pragma qmk.bound 5\n",
        "break;",
        "continue;",
        "complex",
        "2im",
        "duration",
        "10dt",
        "stretch s;",
        "q[c]",
        "c[uint[2](c)]",
        "int[8](c)",
        "output",
        "readonly array[int, #dim = 1] z",
        "sizeof(",
        "+=",
        "<<=",
        "**="
    };

    private static final String[] SOURCES = new String[100];

    static {
        for (int i = 0; i < SOURCES.length; i++) SOURCES[i] = QasmGenerator.generate(i).source();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_mutated_program_is_read_or_refused_in_time(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < INPUTS; i++) {
            byte[] input =
                    switch (random.nextInt(10)) {
                        case 0 -> randomBytes(random);
                        case 1, 2 -> randomWords(random);
                        default -> mutated(SOURCES[random.nextInt(SOURCES.length)], random);
                    };

            inTime(() -> readAndWrite(input), new String(input, StandardCharsets.UTF_8));
        }
    }

    /// Runs what should be quick. If the clock says that it was not, the machine may have been
    /// busy: then it runs again, and the processor time of the whole JVM decides.
    private static void inTime(Runnable work, String what) {
        long start = System.nanoTime();
        work.run();
        if (System.nanoTime() - start < NANOS_MAX) return;
        Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        work.run();
        Duration taken =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().minus(before);
        assertTrue(taken.toNanos() < NANOS_MAX, () -> taken + " for\n" + what);
    }

    private static void readAndWrite(byte[] input) {
        QasmReader.looksLikeQasm(input);
        if (read(input) instanceof QasmReading.Ok ok) QasmWriter.write(ok.graph());
    }

    private static QasmReading read(byte[] input) {
        try {
            return QasmReader.read(input, "mutated.qasm");
        } catch (RuntimeException | StackOverflowError failure) {
            throw new AssertionError(new String(input, StandardCharsets.UTF_8), failure);
        }
    }

    private static byte[] randomBytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] randomWords(SplittableRandom random) {
        var text =
                new StringBuilder(
                        random.nextBoolean()
                                ? "OPENQASM 3.0; include \"stdgates.inc\"; qubit[4] q; bit[4] c; "
                                : "");
        for (int i = random.nextInt(40); i > 0; i--)
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mutated(String source, SplittableRandom random) {
        var text = new StringBuilder(source);
        for (int i = random.nextInt(1, 6); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(1, 12));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
                case 2 -> text.setCharAt(at, (char) random.nextInt(32, 127));
                case 3 -> text.insert(at, text.substring(at, to));
                case 4 -> text.setLength(Math.max(1, text.length() - random.nextInt(60)));
                default -> digits(text, random);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Makes some number large.
    private static void digits(StringBuilder text, SplittableRandom random) {
        int from = random.nextInt(text.length());
        for (int i = from; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) continue;
            text.insert(i, "9".repeat(random.nextInt(16) == 0 ? random.nextInt(1, 12) : 1));
            return;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate g a { x a; } for int i in [0:99999999] { g q[0]; }",
                "for int i in [0:9999] { for int j in [0:9999] { bit b; b = measure q[0]; } }",
                "uint[64] n; for int i in [0:99999] { n = n * n + c; }",
                "for int i in [0:999999] { c = c ^ d; if (c[0]) d = c << 1; }",
                "ctrl(900) @ x r;",
                "ctrl(900) @ rx(0.3) r;",
                "pow(2000000000) @ h q[0]; gate g a { x a; h a; } pow(2000000000) @ g q[0];",
                "bit[4000000] e; e = ~e; if (e == 3) x q[0];",
                "rx(1+1+1) q[0]; barrier q; let z = q ++ q ++ q;",
                "for int i in [0:99999999] {}",
                "def f(int n) -> int { return f(n + 1); } int a = f(0);",
                "def f(int n) -> int { if (n == 0) return 1; return f(n - 1) + f(n - 1); } int a ="
                        + " f(60);",
                "def f(uint[4] n) -> uint[4] { return f(n + 1) + f(n + 2); } uint[4] a = f(c);",
                "def f(mutable array[int, 100, 100] a) { a[0] = a[1]; } array[int, 100, 100] b; for"
                        + " int i in [0:99999] f(b);",
                "array[int, 1000, 1000, 1000] a;",
                "array[float, 1000, 1000] a; for int i in [0:99999] a[0] = a[1];",
                "array[uint[8], 1000] a; for int i in [0:9999] a[uint[4](c)] = a[uint[4](d)];",
                "while (true) { x q[0]; }",
                "while (true) {}",
                "@qmk.bound 1000000\nwhile (c[0]) { c[0] = measure q[0]; }",
                "pragma qmk.bound 1000\nwhile (c[0]) { while (c[1]) { c = measure q ++ q; } }",
                "pragma qmk.bound 1000\nuint[32] n; while (n < 99) { n = n * n + uint[4](c); }",
                "for int i in [0:99999] { if (c[0]) { c[0] = measure q[0]; continue; } x q[0]; }",
                "uint[64] n = uint[4](c); n = n ** n; n = n ** n;",
                "bit[1000000] e; for int i in [0:999999] { if (e == 1) x q[0]; }",
                "bit[1000000] e; for int i in [0:99999] { for bit b in e break; }",
                "array[int, 1000000] a; for int i in [0:99999] { for int b in a break; }",
                "bit[1000000] e; for int i in [0:99999] { let g = e[0:999999]; }",
                "int n = 1; for int i in [0:9] { n = n << n; } rx(n) q[0];"
            })
    void a_short_program_that_asks_for_much_is_refused_in_time(String source) {
        String head =
                "include \"stdgates.inc\"; qubit[2] q; qubit[901] r; bit[4] c; bit[4] d; c[0] ="
                        + " measure q[0];";
        String whole = source.contains(" r;") ? source.replace(" r;", " " + elements()) : source;

        inTime(() -> read((head + whole).getBytes(StandardCharsets.UTF_8)), source);
    }

    private static String elements() {
        var text = new StringBuilder();
        for (int i = 0; i < 901; i++) text.append(i == 0 ? "r[" : ", r[").append(i).append(']');
        return text.append(';').toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "if(c){",
                "gate g a {",
                "-",
                "!",
                "x(",
                "inv @ ",
                "1+",
                "a[",
                "{{",
                "def f(int a) {",
                "box {",
                "while (c) {",
                "a[{",
                "return f(",
                "array[",
                "complex[",
                "switch (c) { case 1 {",
                "for int i in [0:1] ",
                "else "
            })
    void deep_nesting_is_refused_and_not_thrown_on_the_usual_stack(String opening)
            throws InterruptedException {
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        var thread = new Thread(null, () -> nested(opening), "small stack", 1 << 20);
        thread.setUncaughtExceptionHandler((_, failure) -> thrown.add(failure));

        thread.start();
        thread.join();

        assertEquals(0, thrown.size(), () -> opening + thrown);
    }

    private static void nested(String opening) {
        for (int count : new int[] {100, 190, 1000, 100_000}) {
            String deep = opening.repeat(count);
            String closed =
                    deep
                            + "1"
                            + opening.replaceAll("[^(\\[]", "")
                                    .repeat(count)
                                    .replace('(', ')')
                                    .replace('[', ']')
                            + ";";
            for (String start : List.of("rx(", "", "const int a = ", "if (c) ", "c = ")) {
                read(("qubit q; bit c; " + start + deep).getBytes(StandardCharsets.UTF_8));
                read(("qubit q; bit c; " + start + closed).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void the_deepest_program_that_is_read_fits_the_usual_stack() throws InterruptedException {
        var source =
                new StringBuilder("qubit q; bit c; gate g0(a) b { U(a, 0, 0) b; U(0, a, 0) b; }\n");
        for (int i = 1; i < 190; i++) {
            source.append("gate g")
                    .append(i)
                    .append("(a) b { inv @ g")
                    .append(i - 1)
                    .append("(")
                    .append("(".repeat(150))
                    .append("a")
                    .append(" + 0)".repeat(150))
                    .append(") b; }\n");
        }
        source.append("if (c) { ".repeat(150))
                .append("ctrl @ g189(0.1) q, $1;")
                .append("}".repeat(150));
        byte[] bytes = source.toString().getBytes(StandardCharsets.UTF_8);
        Queue<Object> results = new ConcurrentLinkedQueue<>();
        var thread = new Thread(null, () -> results.add(read(bytes)), "small stack", 1 << 20);
        thread.setUncaughtExceptionHandler((_, failure) -> results.add(failure));

        thread.start();
        thread.join();

        assertInstanceOf(QasmReading.Ok.class, results.peek());
    }

    @Test
    void the_deepest_recursion_fits_the_usual_stack() throws InterruptedException {
        String nested = "{ ".repeat(190) + "a = " + "(1 + ".repeat(90) + "f(n - 1)";
        String body = nested + ")".repeat(90) + ";" + "}".repeat(190);
        String source = "def f(int n) -> int { int a; " + body + " return a; } int b = f(9);";
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        Queue<Object> results = new ConcurrentLinkedQueue<>();
        var thread = new Thread(null, () -> results.add(read(bytes)), "small stack", 1 << 20);
        thread.setUncaughtExceptionHandler((_, failure) -> results.add(failure));

        thread.start();
        thread.join();

        var failed = assertInstanceOf(QasmReading.Failed.class, results.peek());
        assertEquals(QasmRule.CALL_NESTING, failed.errors().get(0).rule());
    }
}
