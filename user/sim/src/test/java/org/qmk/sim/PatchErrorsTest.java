package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

/// Errors that somebody else draws happen in the shots for which they were drawn.
class PatchErrorsTest {

    /// Three times in ten an X, and by itself a Z, whatever the time.
    private static final PatchErrors COINS =
            new PatchErrors() {
                @Override
                public void draw(long seed, long batch, int place, int epochs, long[] x, long[] z) {
                    var random = new SplittableRandom(seed ^ batch << 20 ^ place << 8 ^ epochs);
                    for (int w = 0; w < SHOTS / 64; w++) {
                        x[w] = word(random);
                        z[w] = word(random);
                    }
                }

                private static long word(SplittableRandom random) {
                    long word = 0;
                    for (int bit = 0; bit < 64; bit++) {
                        if (random.nextInt(10) < 3) word |= 1L << bit;
                    }
                    return word;
                }

                @Override
                public double chance(int epochs) {
                    return 0.5;
                }
            };

    private static final NoiseModel NOISE = NoiseModel.NONE.withPatches(COINS);

    /// q0 waits for three epochs and is measured along Z, q1 along X.
    private static Graph graph() {
        var builder = new GraphBuilder();
        int a = builder.declareQubit("a");
        int b = builder.declareQubit("b");
        builder.node(Opcode.ALLOC_LQ).qubits(a, b);
        builder.node(Opcode.APPLY_H).qubit(b);
        builder.node(Opcode.APPLY_S).qubit(b);
        builder.node(Opcode.APPLY_SDG).qubit(b);
        builder.node(Opcode.APPLY_CZ).qubits(a, b);
        builder.node(Opcode.MEASURE_Z).qubit(a).output(builder.declareEvent("z"));
        builder.node(Opcode.MEASURE_X).qubit(b).output(builder.declareEvent("x"));
        builder.node(Opcode.FREE_LQ).qubits(a, b);
        return builder.build();
    }

    /// The outcomes that the drawn errors make: places are counted in the order of the operations
    /// behind which they stand, qubit by qubit.
    private static boolean[] expected(long seed, int shot) {
        boolean[][] x = new boolean[7][];
        for (int place = 0; place < 7; place++) {
            long[] planeX = new long[PatchErrors.SHOTS / 64];
            long[] planeZ = new long[PatchErrors.SHOTS / 64];
            int epochs = place == 0 ? 4 : 1;
            COINS.draw(seed, shot / PatchErrors.SHOTS, place, epochs, planeX, planeZ);
            int at = shot % PatchErrors.SHOTS;
            boolean isX = (planeX[at >>> 6] >>> at & 1) != 0;
            boolean isZ = (planeZ[at >>> 6] >>> at & 1) != 0;
            x[place] = new boolean[] {isX, isZ};
        }
        // a: place 0 until CZ, place 5 until its measurement. b: 1 before H, then 2, 3, 4, 6.
        boolean ax = x[0][0];
        boolean bx = x[1][1];
        boolean bz = x[1][0];
        // S turns X into Y.
        bx ^= x[2][0];
        bz ^= x[2][1];
        bz ^= bx;
        bx ^= x[3][0];
        bz ^= x[3][1];
        bz ^= bx;
        bx ^= x[4][0];
        bz ^= x[4][1];
        bz ^= ax;
        ax ^= x[5][0];
        bz ^= x[6][1];
        return new boolean[] {ax, bz};
    }

    @ParameterizedTest
    @ValueSource(strings = {"tableau", "statevector", "nearclifford", "sparse"})
    void every_simulator_puts_them_into_the_same_shots(String name) {
        Graph graph = graph();
        var chosen =
                assertInstanceOf(
                        Choice.Chosen.class, Simulators.named(name, graph, NOISE, 1 << 12));

        for (int first : new int[] {0, 3, 1000, 1024}) {
            ShotOutcomes outcomes = chosen.simulator().run(graph, new Shots(11, first, 1500));
            for (int shot = 0; shot < 1500; shot++) {
                boolean[] expected = expected(11, first + shot);
                for (int event = 0; event < 2; event++) {
                    assertEquals(
                            expected[event],
                            outcomes.bit(event, shot),
                            "event " + event + " of shot " + (first + shot));
                }
            }
        }
    }

    @Test
    void they_come_besides_the_channel_of_epochs() {
        var noise = NOISE.withEpoch(new PauliChannel(0.25, 0, 0));
        assertEquals(new PauliChannel(0.25, 0, 0), noise.epoch());

        PauliChannel both = noise.withEpoch(new PauliChannel(0.5, 0, 0.1)).epoch();

        // X twice is nothing; X then Z is Y.
        assertEquals(0.25 * 0.4 + 0.75 * 0.5, both.x(), 1e-15);
        assertEquals(0.25 * 0.1, both.y(), 1e-15);
        assertEquals(0.75 * 0.1, both.z(), 1e-15);
    }
}
