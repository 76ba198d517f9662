package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;

/// Whatever the bytes, the answer is a reading, soon. 100,000 inputs for each reader, made from
/// graphs by changing bytes, pieces and tokens, or of random bytes; the seed of a failure is in its
/// message.
class FormMutationTest {

    private static final int INPUTS = 100_000;
    private static final long NANOS_MAX = 2_000_000_000L;

    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "(",
        ")",
        "=",
        "==",
        "->",
        "<-",
        "#",
        "\n",
        "\r",
        "\0",
        "if ",
        "after ",
        "via ",
        "and ",
        "not",
        "all(",
        "any",
        "always",
        "1e999",
        "-0",
        "NaN",
        "null",
        "true",
        "\\ud800",
        "\\u0000",
        "\ud83d\ude00",
        "99999999999999999999",
        "1.0",
        "0.1",
        "qvm 1.0\n",
        "\"op\":",
        "\"guard\":{",
        "\"args\":{",
        "\"after\":[",
        "\"vqs\":[",
        "APPLY_H q0",
        "ALLOC_LQ",
        "COND_PAULI",
        "USE_CHAN",
        "OPEN_CHAN",
        "\"caps\":[",
        "\"program\":",
        "\"version\":\"0.1\"",
    };

    private static final String PROTOTYPE =
            """
            {"version":"0.1","program":{"nodes":[
            {"id":"a","op":"ALLOC_LQ","args":{"n":2,"profile":"p"},"vqs":["q","r"],
             "caps":["CAP_ALLOC"]},
            {"id":"o","op":"OPEN_CHAN","vqs":["q","r"],"chs":["c"],
             "args":{"opts":{"fidelity":0.9,"type":"x"}}},
            {"id":"u","op":"USE_CHAN","chs":["c"],"args":{"semantic":"teleport"}},
            {"id":"m","op":"MEASURE_Z","vqs":["q"],"produces":["e"]},
            {"id":"n","op":"MEASURE_X","vqs":["q"],"produces":["f"],
             "guard":{"event":"e","equals":1}},
            {"id":"x","op":"COND_PAULI","args":{"mask":"X"},"vqs":["r"],"inputs":["e"]},
            {"id":"z","op":"COND_PAULI","args":{"pauli":"Z"},"vqs":["r"],
             "guard":{"type":"and","conditions":[{"type":"eq","event":"e","value":1},
             {"not":{"event":"f","equals":0}}]}},
            {"id":"f","op":"FREE_LQ","vqs":["q"],"guard":{"event":"f","equals":1}},
            {"id":"p","op":"SET_POLICY","args":{"priority":3}}]},
            "resources":{"vqs":["q","r"],"chs":["c"],"events":["e","f","g"]},"caps":["CAP_LINK"]}
            """;

    /// What a reader is given mutations of.
    private enum Target {
        TEXT,
        JSON,
        JSON_0_1,
        PROTOBUF,
        CANONICAL;

        byte[] original(Graph graph) {
            return switch (this) {
                case TEXT -> GraphWriter.text(graph);
                case JSON -> GraphWriter.json(graph);
                case JSON_0_1 -> PROTOTYPE.getBytes(StandardCharsets.UTF_8);
                case PROTOBUF -> GraphWriter.protobuf(graph);
                case CANONICAL -> CanonicalForm.encode(graph);
            };
        }

        /// Whether the bytes were a graph.
        boolean read(byte[] bytes, boolean detect, String which) {
            return switch (this) {
                case TEXT -> check(reading(bytes, QvmForm.TEXT, detect), which);
                case JSON, JSON_0_1 -> check(reading(bytes, QvmForm.JSON, detect), which);
                case PROTOBUF -> check(reading(bytes, QvmForm.PROTOBUF, detect), which);
                case CANONICAL -> checkCanonical(bytes, which);
            };
        }

        private static Reading reading(byte[] bytes, QvmForm form, boolean detect) {
            return detect ? GraphReader.read(bytes) : GraphReader.read(bytes, form);
        }
    }

    private List<byte[]> originals = List.of();

    @ParameterizedTest
    @EnumSource
    void no_bytes_make_a_reader_throw_or_hang(Target target) {
        originals = new ArrayList<>();
        for (int seed = 0; seed < 12; seed++) {
            originals.add(
                    target.original(
                            seed % 3 == 0
                                    ? GraphGenerator.sound(seed, 12)
                                    : GraphGenerator.wild(seed)));
        }
        var random = new SplittableRandom(target.ordinal());
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = input(random);
            String which = target + ", input " + i;
            boolean detect = random.nextInt(10) == 0;
            long start = System.nanoTime();
            try {
                if (target.read(bytes, detect, which)) read++;
            } catch (RuntimeException | StackOverflowError escaped) {
                fail(which + ": " + new String(bytes, StandardCharsets.ISO_8859_1), escaped);
            }
            if (System.nanoTime() - start < NANOS_MAX) continue;
            // The machine may have been busy: an input that is really slow is slow again.
            long again = System.nanoTime();
            target.read(bytes, detect, which);
            assertTrue(System.nanoTime() - again < NANOS_MAX, which + " took over 2 s, twice");
        }
        assertTrue(read > INPUTS / 1000, "only " + read + " were graphs");
    }

    /// Canonical bytes that are read are the only ones of their graph.
    private static boolean checkCanonical(byte[] bytes, String which) {
        try {
            assertArrayEquals(bytes, CanonicalForm.encode(CanonicalReader.read(bytes)), which);
            return true;
        } catch (ByteReader.Malformed malformed) {
            assertTrue(malformed.offset() >= 0, which);
            return false;
        }
    }

    /// What was read can be written in every form and read again; errors say what they mean.
    private static boolean check(Reading reading, String which) {
        switch (reading) {
            case Reading.Failed(var errors) -> {
                assertTrue(!errors.isEmpty() && errors.size() <= FormErrors.MAX, which);
                for (FormError error : errors) {
                    boolean open =
                            error.violation().rule().sentence().contains("{")
                                    && error.violation().facts().isEmpty();
                    assertTrue(!open && error.message().length() < 2000, which + error.message());
                }
                return false;
            }
            case Reading.Ok(var graph, var _) -> {
                for (QvmForm form : QvmForm.values()) {
                    Reading again = GraphReader.read(GraphWriter.write(graph, form), form);
                    var ok = assertInstanceOf(Reading.Ok.class, again, () -> which + form + again);
                    if (form != QvmForm.PROTOBUF) continue;
                    assertArrayEquals(
                            CanonicalForm.digest(graph), CanonicalForm.digest(ok.graph()), which);
                }
                return true;
            }
        }
    }

    private byte[] input(SplittableRandom random) {
        if (random.nextInt(20) == 0) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return bytes;
        }
        byte[] bytes = originals.get(random.nextInt(originals.size()));
        for (int i = 1 + random.nextInt(3); i > 0; i--) bytes = changed(bytes, random);
        return bytes;
    }

    private byte[] changed(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        int length = random.nextInt(Math.min(12, bytes.length - at + 1));
        switch (random.nextInt(6)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                if (at < bytes.length) flipped[at] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            }
            case 1 -> {
                return random.nextInt(6) == 0
                        ? Arrays.copyOf(bytes, at)
                        : spliced(bytes, at, length, new byte[0]);
            }
            case 2 -> {
                byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
                return spliced(bytes, random.nextInt(bytes.length + 1), 0, piece);
            }
            case 3 -> {
                byte[] other = originals.get(random.nextInt(originals.size()));
                int from = random.nextInt(other.length);
                int to = Math.min(other.length, from + random.nextInt(40));
                return spliced(bytes, at, length, Arrays.copyOfRange(other, from, to));
            }
            case 4 -> {
                byte[] digits =
                        Long.toString(random.nextLong() >> random.nextInt(64))
                                .getBytes(StandardCharsets.US_ASCII);
                return spliced(bytes, at, length, digits);
            }
            default -> {
                String token = TOKENS[random.nextInt(TOKENS.length)];
                return spliced(
                        bytes,
                        at,
                        random.nextInt(2) * length,
                        token.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static byte[] spliced(byte[] bytes, int at, int remove, byte[] insert) {
        int end = Math.min(bytes.length, at + remove);
        byte[] result = new byte[bytes.length - (end - at) + insert.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(insert, 0, result, at, insert.length);
        System.arraycopy(bytes, end, result, at + insert.length, bytes.length - end);
        return result;
    }
}
