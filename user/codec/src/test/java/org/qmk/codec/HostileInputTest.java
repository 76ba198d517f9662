package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Large inputs made to hurt: each is answered in two seconds of processor time, whatever the
/// answer. Quadratic work on them would take minutes.
class HostileInputTest {

    private static final int MANY = 400_000;
    private static final long CPU_NANOS_MAX = 2_000_000_000L;
    private static final String TEXT = "qvm 1.0\nqubits q\nevents m\n";
    private static final String JSON = "{\"version\":\"1.0\",\"resources\":{\"events\":[\"m\"]},";

    private static String join(int count, String separator, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(separator));
    }

    private static String node(String fields) {
        return JSON + "\"program\":{\"nodes\":[{\"op\":\"APPLY_X\"," + fields + "}]}}";
    }

    /// A text with the same `String.hashCode` as all others of its length.
    private static String colliding(int i) {
        var text = new StringBuilder();
        for (int bit = 0; bit < 18; bit++) text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        return text.toString();
    }

    /// An angle whose `Double.hashCode` is that of all others.
    private static double collidingAngle(int i) {
        int high = 0x3FF00000 + i;
        return Double.longBitsToDouble((long) high << 32 | (high ^ 0x12345678) & 0xFFFFFFFFL);
    }

    private static Map<String, byte[]> inputs() {
        Map<String, String> texts = new TreeMap<>();
        texts.put(
                "text: a guard of many tests",
                TEXT + "APPLY_X q if " + join(MANY, " and ", _ -> "m == 1"));
        texts.put("text: many names on a line", TEXT + "FREE_LQ " + join(MANY, " ", i -> "u" + i));
        texts.put(
                "text: names of one hash",
                TEXT + "FREE_LQ " + join(1 << 17, " ", HostileInputTest::colliding));
        texts.put(
                "text: labels of one hash",
                TEXT + join(1 << 17, "\n", i -> colliding(i) + ": FENCE_EPOCH"));
        texts.put(
                "text: angles of one hash",
                TEXT + join(MANY / 4, "\n", i -> "RZ q angle=" + collidingAngle(i)));
        texts.put(
                "text: guards of one hash",
                TEXT
                        + join(
                                MANY / 4,
                                "\n",
                                i -> "APPLY_X q if a" + i + " == 1 and b" + i + " == 0"));
        texts.put("text: many families", TEXT + "requires " + join(MANY, " ", i -> "f/" + i));
        texts.put(
                "text: many unknown labels",
                TEXT + "APPLY_X q after " + join(MANY, ",", i -> "l" + i));
        texts.put("text: many edges", TEXT + "APPLY_X q after " + join(MANY, ",", i -> "#" + i));
        texts.put(
                "text: many policy entries",
                TEXT + "SET_POLICY " + join(MANY, " ", i -> "k" + i + "=1"));
        texts.put("text: many arguments", TEXT + "RZ q " + join(MANY, " ", _ -> "angle=1"));
        texts.put("text: many wrong lines", TEXT + "foo\n".repeat(MANY));
        texts.put("text: a long name", TEXT + "APPLY_X " + "x".repeat(8 << 20));
        texts.put("text: a long operation", TEXT + "X".repeat(8 << 20));
        texts.put("text: a long open text", TEXT + "BAR_REGION tag=\"" + "\\n".repeat(4 << 20));
        texts.put("text: a long number", TEXT + "RZ q angle=" + "9".repeat(8 << 20));
        texts.put("text: a long edge number", TEXT + "APPLY_X q after #" + "9".repeat(8 << 20));
        texts.put(
                "text: a long Pauli string",
                TEXT + "MEASURE_PAULI q -> m pauli=" + "X".repeat(8 << 20));
        texts.put("text: parentheses", TEXT + "APPLY_X q if " + "(".repeat(8 << 20));
        texts.put("text: blank", " ".repeat(8 << 20));
        texts.put(
                "json: a guard of many tests",
                node(
                        "\"guard\":{\"all\":["
                                + join(MANY, ",", _ -> "{\"event\":\"m\",\"equals\":1}")
                                + "]}"));
        texts.put(
                "json: guards of guards",
                node("\"guard\":" + "{\"not\":".repeat(MANY) + "{}" + "}".repeat(MANY)));
        texts.put("json: a value of many levels", JSON + "\"metadata\":" + "[".repeat(8 << 20));
        texts.put("json: a handle list of many levels", node("\"vqs\":" + "[".repeat(8 << 20)));
        texts.put("json: many unknown keys", node(join(MANY, ",", i -> "\"k" + i + "\":0")));
        texts.put(
                "json: unknown keys of one hash",
                JSON
                        + "\"metadata\":{"
                        + join(1 << 17, ",", i -> "\"" + colliding(i) + "\":0")
                        + "},\"program\":{\"nodes\":[]}}");
        texts.put("json: one key many times", node(join(MANY, ",", _ -> "\"id\":\"a\"")));
        texts.put(
                "json: many empty nodes",
                JSON + "\"program\":{\"nodes\":[" + join(MANY, ",", _ -> "{}") + "]}}");
        texts.put(
                "json: many policy entries",
                JSON
                        + "\"program\":{\"nodes\":[{\"op\":\"SET_POLICY\",\"args\":{\"policy\":["
                        + join(MANY, ",", i -> "{\"key\":\"k" + i + "\",\"value\":\"\"}")
                        + "]}}]}}");
        texts.put("json: a long number", node("\"args\":{\"angle\":" + "9".repeat(8 << 20) + "}"));
        texts.put("json: a long text", node("\"id\":\"" + "\\u0041".repeat(1 << 20) + "\""));
        texts.put("json: many edges", node("\"after\":[" + join(MANY, ",", i -> "" + i) + "]"));
        texts.put(
                "json 0.1: guarded lives",
                "{\"version\":\"0.1\",\"program\":{\"nodes\":["
                        + join(
                                MANY / 10,
                                ",",
                                i ->
                                        "{\"op\":\"ALLOC_LQ\",\"vqs\":[\"q\"],"
                                                + "\"guard\":{\"event\":\"m"
                                                + i
                                                + "\",\"equals\":1}}")
                        + "]}}");
        texts.put(
                "json 0.1: many names",
                "{\"version\":\"0.1\",\"program\":{\"nodes\":[{\"op\":\"ALLOC_LQ\",\"vqs\":["
                        + join(MANY, ",", i -> "\"q" + i + "\"")
                        + "]}]}}");
        Map<String, byte[]> inputs = new TreeMap<>();
        texts.forEach((name, text) -> inputs.put(name, text.getBytes(StandardCharsets.UTF_8)));
        inputs.put("protobuf: empty guards", message(0x72, 0, MANY));
        inputs.put("protobuf: empty arguments", message(0x7A, 0, MANY));
        inputs.put("protobuf: empty families", message(0x1A, 0, MANY));
        inputs.put("protobuf: a length beyond the end", message(0x4A, 0x7F, 1));
        inputs.put("random", random());
        return inputs;
    }

    /// A field with a one-byte length, many times, in an otherwise empty message.
    private static byte[] message(int tag, int length, int count) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x0D, 'Q', 'V', 'M', 'G', 0x10, 1});
        for (int i = 0; i < count; i++) {
            out.write(tag);
            out.write(length);
        }
        return out.toByteArray();
    }

    private static byte[] random() {
        byte[] bytes = new byte[8 << 20];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    @TestFactory
    Stream<DynamicTest> no_input_takes_long() {
        return inputs().entrySet().stream()
                .map(
                        input ->
                                DynamicTest.dynamicTest(
                                        input.getKey(),
                                        () -> {
                                            long nanos = Long.MAX_VALUE;
                                            for (int attempt = 0;
                                                    attempt < 2 && nanos > CPU_NANOS_MAX;
                                                    attempt++) {
                                                long start = cpuNanos();
                                                Reading reading =
                                                        GraphReader.read(input.getValue());
                                                nanos = cpuNanos() - start;
                                                if (reading instanceof Reading.Failed(var errors)) {
                                                    for (FormError error : errors)
                                                        assertTrue(error.message().length() < 2000);
                                                }
                                            }
                                            assertTrue(
                                                    nanos <= CPU_NANOS_MAX,
                                                    input.getKey() + ": " + nanos + " ns");
                                        }));
    }

    /// Processor time, so that a busy machine fails no test.
    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Test
    void the_hashes_do_collide() {
        assertEquals(colliding(0).hashCode(), colliding(12345).hashCode());
        assertEquals(Double.hashCode(collidingAngle(0)), Double.hashCode(collidingAngle(777)));
        assertEquals(
                2, Arrays.stream(new String[] {colliding(0), colliding(1)}).distinct().count());
    }
}
