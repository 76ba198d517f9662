package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

class CanonicalReaderTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_graph_keeps_its_canonical_bytes(long seed) throws ByteReader.Malformed {
        for (Graph graph :
                new Graph[] {GraphGenerator.wild(seed), GraphGenerator.sound(seed, 30)}) {
            byte[] bytes = CanonicalForm.encode(graph);

            assertArrayEquals(bytes, CanonicalForm.encode(CanonicalReader.read(bytes)));
        }
    }

    /// A graph has one encoding, so that no two journals mean the same.
    @Test
    void bytes_that_were_changed_are_refused_or_are_the_bytes_of_another_graph() {
        var random = new SplittableRandom(11);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = CanonicalForm.encode(GraphGenerator.wild(i % 50));
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 + random.nextInt(255));
            if (random.nextInt(4) == 0) bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            try {
                assertArrayEquals(bytes, CanonicalForm.encode(CanonicalReader.read(bytes)), "" + i);
            } catch (ByteReader.Malformed malformed) {
                assertTrue(malformed.offset() >= 0 && malformed.offset() <= bytes.length);
                refused++;
            }
        }
        assertTrue(refused > 1000, "refused " + refused);
    }

    @Test
    void every_prefix_of_a_graph_is_refused() {
        byte[] bytes = CanonicalForm.encode(GraphGenerator.sound(3, 40));
        for (int length = 0; length < bytes.length; length++) {
            byte[] prefix = Arrays.copyOf(bytes, length);
            assertThrows(ByteReader.Malformed.class, () -> CanonicalReader.read(prefix));
        }
    }

    @Test
    void a_guard_deeper_than_the_limit_is_refused() throws ByteReader.Malformed {
        assertEquals(1, CanonicalReader.read(CanonicalForm.encode(nested(32))).size());
        byte[] deep = CanonicalForm.encode(nested(33));
        assertThrows(ByteReader.Malformed.class, () -> CanonicalReader.read(deep));
    }

    private static Graph nested(int depth) {
        var builder = new GraphBuilder();
        Guard guard = new Guard.Is(builder.declareEvent("m"), true);
        for (int i = 0; i < depth; i++) guard = new Guard.All(List.of(guard));
        return builder.node(Opcode.FENCE_EPOCH).guard(guard).build();
    }
}
