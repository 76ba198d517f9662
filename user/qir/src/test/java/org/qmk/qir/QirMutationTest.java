package org.qmk.qir;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No input makes the reader or writer throw, or think for long: 100,000 of them.
class QirMutationTest {

    private static final int INPUTS = 25_000;
    private static final long NANOS_MAX = 2_000_000_000L;

    private static final String[] WORDS = {
        "define",
        "declare",
        "i64",
        "i1",
        "ptr",
        "double",
        "void",
        "label",
        "br",
        "ret",
        "phi",
        "icmp eq",
        "select",
        "call",
        "alloca",
        "load",
        "store",
        "getelementptr",
        "switch",
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        ",",
        "=",
        "*",
        "%q",
        "%i",
        "%1",
        "@0",
        "@main",
        "@prepare",
        "@qubits",
        "entry:",
        "loop:",
        "%loop",
        "%entry",
        "%head",
        "%body",
        "0",
        "1",
        "-1",
        "2",
        "64",
        "4611686018427387904",
        "18446744073709551615",
        "1.5",
        "0x7FF0000000000000",
        "true",
        "false",
        "null",
        "undef",
        "zeroinitializer",
        "inttoptr (i64 3 to ptr)",
        "c\"a\\00\"",
        "!0",
        "!{",
        "#0",
        "\"entry_point\"",
        "\n",
        ";",
        "add",
        "mul",
        "sdiv",
        "shl",
        "lshr",
        "fdiv",
        "sext",
        "trunc",
        "ptrtoint",
        "i32",
        "i8",
        "[3 x ptr]",
        "{ i64, i1 }",
        "unreachable",
        "%T = type { %T, i64 }",
        "@__quantum__qis__x__body",
        "@__quantum__rt__fail",
        "@__quantum__rt__qubit_release",
        "@__quantum__rt__read_result",
        "<4 x i1>",
        "i128",
        "br label %loop",
        "br label %entry",
        "\u00e9"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_mutated_program_is_read_or_refused_in_time(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < INPUTS; i++) {
            byte[] input =
                    switch (random.nextInt(20)) {
                        case 0 -> randomBytes(random);
                        case 1 -> randomWords(random);
                        default -> mutated(sample(random), random);
                    };
            boolean bounded = random.nextBoolean();
            boolean strict = random.nextInt(4) == 0;

            inTime(() -> readAndWrite(input, bounded, strict), input);
        }
    }

    private static String sample(SplittableRandom random) {
        return QirSamples.ALL.get(random.nextInt(QirSamples.ALL.size()));
    }

    private static void readAndWrite(byte[] input, boolean bounded, boolean strict) {
        QirSettings settings = bounded ? QirSettings.DEFAULT.withLoopBound(3) : QirSettings.DEFAULT;
        if (strict) settings = settings.with(QirValidation.STRICT);
        if (QirReader.read(input, "mutated.ll", settings) instanceof QirReading.Ok ok) {
            QirWriter.write(ok.graph());
        }
    }

    /// Runs what should be quick. If the clock says that it was not, the machine may have been
    /// busy: then it runs again, and the processor time of the whole JVM decides.
    private static void inTime(Runnable work, byte[] input) {
        long start = System.nanoTime();
        run(work, input);
        if (System.nanoTime() - start < NANOS_MAX) return;
        Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        run(work, input);
        Duration taken =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().minus(before);
        assertTrue(taken.toNanos() < NANOS_MAX, () -> taken + " for\n" + text(input));
    }

    private static void run(Runnable work, byte[] input) {
        try {
            work.run();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
            throw new AssertionError("thrown for\n" + text(input), thrown);
        }
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static byte[] randomBytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] randomWords(SplittableRandom random) {
        var text = new StringBuilder("define i64 @main() \"entry_point\" {\n");
        int count = random.nextInt(80);
        for (int i = 0; i < count; i++) text.append(word(random)).append(' ');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /// A few places changed: a word put in or in the place of another, a piece removed, doubled or
    /// moved, a byte or a number changed.
    private static byte[] mutated(String source, SplittableRandom random) {
        var text = new StringBuilder(source);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && text.length() > 2; i++) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(40));
            switch (random.nextInt(8)) {
                case 0 -> text.insert(from, " " + word(random) + " ");
                case 1 -> text.delete(from, to);
                case 2 -> text.insert(from, text.substring(from, to));
                case 3 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
                case 4 -> text.setCharAt(from, (char) random.nextInt(1, 256));
                case 5 -> digit(text, from, random);
                case 6 -> swapWords(text, from, random);
                default -> replaceWord(text, from, random);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void digit(StringBuilder text, int from, SplittableRandom random) {
        for (int at = from; at < text.length(); at++) {
            if (!Character.isDigit(text.charAt(at))) continue;
            text.setCharAt(at, (char) ('0' + random.nextInt(10)));
            if (random.nextInt(8) == 0) text.insert(at, "99999");
            return;
        }
    }

    private static int end(StringBuilder text, int from) {
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) at++;
        return at;
    }

    private static void replaceWord(StringBuilder text, int from, SplittableRandom random) {
        text.replace(from, end(text, from), word(random));
    }

    private static void swapWords(StringBuilder text, int from, SplittableRandom random) {
        int end = end(text, from);
        String one = text.substring(from, end);
        int other = random.nextInt(text.length());
        int otherEnd = end(text, other);
        if (other <= end && otherEnd >= from) return;
        String two = text.substring(other, otherEnd);
        if (other > from) {
            text.replace(other, otherEnd, one);
            text.replace(from, end, two);
        } else {
            text.replace(from, end, two);
            text.replace(other, otherEnd, one);
        }
    }
}
