package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Programs too large for the oracle, held to laws instead.
class LargeProgramsTest {

    private static final Opcode[] CLIFFORD = {
        Opcode.APPLY_H,
        Opcode.APPLY_S,
        Opcode.APPLY_SX,
        Opcode.APPLY_SXDG,
        Opcode.APPLY_CNOT,
        Opcode.APPLY_CZ,
        Opcode.APPLY_ISWAP,
        Opcode.APPLY_SWAP,
        Opcode.APPLY_Y
    };
    private static final Opcode[] UNIVERSAL = {
        Opcode.APPLY_H, Opcode.APPLY_T, Opcode.APPLY_SX, Opcode.APPLY_TDG, Opcode.APPLY_CNOT,
        Opcode.APPLY_CCZ, Opcode.APPLY_ISWAPDG, Opcode.APPLY_TOFFOLI, Opcode.RX, Opcode.RY
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 129, 300})
    void a_clifford_circuit_then_its_inverse_gives_0_on_every_qubit(int qubits) {
        Graph graph = echo(qubits, 20 * qubits, CLIFFORD, 1);

        assertAllZero(graph, "tableau");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 14})
    void any_circuit_then_its_inverse_gives_0_on_every_qubit(int qubits) {
        Graph graph = echo(qubits, 20 * qubits, UNIVERSAL, 2);

        assertAllZero(graph, "statevector");
    }

    @Test
    void ghz_of_a_thousand_qubits_agrees_in_every_shot_and_is_fair() {
        var builder = new GraphBuilder();
        int[] qubits = declared(builder, 1000);
        builder.node(Opcode.APPLY_H).qubit(0);
        for (int i = 1; i < 1000; i++) builder.node(Opcode.APPLY_CNOT).qubits(i - 1, i);
        for (int i = 0; i < 1000; i++) {
            builder.node(Opcode.MEASURE_Z).qubit(i).output(builder.declareEvent("m" + i));
        }
        builder.node(Opcode.FREE_LQ).qubits(qubits);

        ShotOutcomes outcomes = run("tableau", builder.build(), 4096);

        for (int event = 1; event < 1000; event++) {
            for (int word = 0; word < 64; word++) {
                assertEquals(outcomes.word(0, word), outcomes.word(event, word), "event " + event);
            }
        }
        // Hoeffding: 2 exp(-2 * 215^2 / 4096) = 3e-10.
        assertEquals(2048, outcomes.ones(0), 215);
    }

    /// A Pauli product measured twice gives the same; one that anticommutes with it is random
    /// between.
    @ParameterizedTest
    @ValueSource(strings = {"frames", "tree"})
    void random_products_repeat_until_something_anticommutes(String way) {
        int qubits = 150;
        var builder = new GraphBuilder();
        int[] all = declared(builder, qubits);
        var random = new SplittableRandom(4);
        scramble(qubits, 3000, CLIFFORD, 5).forEach(gate -> gate.addTo(builder));
        for (int i = 0; i < 40; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "-" : "");
            for (int q = 0; q < qubits; q++) text.append("IXYZ".charAt(random.nextInt(4)));
            for (int twice = 0; twice < 2; twice++) {
                builder.node(Opcode.MEASURE_PAULI).qubits(all);
                builder.argument(new Argument.Pauli(PauliString.of(text.toString())));
                builder.output(builder.declareEvent("m" + i + "_" + twice));
            }
        }
        builder.node(Opcode.FREE_LQ).qubits(all);
        var steps = new StepList(builder.build());
        var shots = new Shots(3, 0, way.equals("frames") ? 4096 : 64);

        ShotOutcomes outcomes =
                way.equals("frames")
                        ? FrameSampler.run(steps, NoiseList.NONE, shots)
                        : TableauSimulator.runTree(steps, NoiseList.NONE, shots, 1 << 24);

        for (int i = 0; i < 40; i++) {
            for (int word = 0; word < shots.count() / 64; word++) {
                assertEquals(
                        outcomes.word(2 * i, word), outcomes.word(2 * i + 1, word), "product " + i);
            }
            // Hoeffding over 40 products: 80 exp(-2 * 240^2 / 4096) = 5e-11; 80 exp(-2 * 30^2 / 64)
            // = 5e-11.
            int half = shots.count() / 2;
            assertEquals(
                    half, outcomes.ones(2 * i), way.equals("frames") ? 240 : 30, "product " + i);
        }
    }

    /// Twelve thousand gates on ten qubits: the squared norm stays 1 within the rounding of a
    /// random walk.
    @Test
    void the_norm_is_kept() {
        int qubits = 10;
        var builder = new GraphBuilder();
        declared(builder, qubits);
        scramble(qubits, 12_000, UNIVERSAL, 6).forEach(gate -> gate.addTo(builder));
        var steps = new StepList(builder.build());
        var state = StateVector.of(steps);
        for (int step = 0; step < steps.size(); step++) {
            state.setWidth(steps.width(step));
            state.apply(step);
        }

        double[] sums = state.cumulative(10);

        assertEquals(1, sums[sums.length - 1], 1e-11);
    }

    /// Outcomes of ten qubits in a random state, against the squared amplitudes. Bernstein at
    /// 1e-13 a comparison, 1024 of them: 1e-10.
    @Test
    void sampling_at_the_end_follows_the_amplitudes() {
        int qubits = 10;
        int count = 200_000;
        var builder = new GraphBuilder();
        declared(builder, qubits);
        scramble(qubits, 400, UNIVERSAL, 7).forEach(gate -> gate.addTo(builder));
        for (int i = 0; i < qubits; i++) {
            builder.node(Opcode.MEASURE_Z).qubit(i).output(builder.declareEvent("m" + i));
        }
        var steps = new StepList(builder.build());
        assertEquals(0, TerminalTail.start(steps), "all of it is drawn at once");
        var state = StateVector.of(steps);
        for (int step = 0; steps.act(step) != Act.MEASURE; step++) {
            state.setWidth(steps.width(step));
            state.apply(step);
        }

        ShotOutcomes outcomes =
                StatevectorSimulator.run(steps, NoiseList.NONE, new Shots(8, 0, count), 0);

        int[] counts = new int[1 << qubits];
        for (int shot = 0; shot < count; shot++) {
            int index = 0;
            for (int i = 0; i < qubits; i++) if (outcomes.bit(i, shot)) index |= 1 << i;
            counts[index]++;
        }
        for (int i = 0; i < counts.length; i++) {
            double chance = state.re()[i] * state.re()[i] + state.im()[i] * state.im()[i];
            double bound = Bernstein.deviation(chance, count, 1e-13);
            assertEquals(chance, (double) counts[i] / count, bound, "state " + i);
        }
    }

    private record Gate(Opcode opcode, int[] qubits, double angle) {

        void addTo(GraphBuilder builder) {
            add(builder, opcode, angle);
        }

        void addInverseTo(GraphBuilder builder) {
            add(builder, opcode.inverse().orElseThrow(), -angle);
        }

        private void add(GraphBuilder builder, Opcode applied, double turned) {
            builder.node(applied).qubits(qubits);
            if (applied.shape().argument == Argument.Kind.ROTATION) {
                builder.argument(new Argument.Rotation(turned, 1e-10));
            }
        }
    }

    private static Graph echo(int qubits, int gates, Opcode[] from, long seed) {
        var builder = new GraphBuilder();
        int[] all = declared(builder, qubits);
        List<Gate> circuit = scramble(qubits, gates, from, seed);
        for (Gate gate : circuit) gate.addTo(builder);
        for (Gate gate : circuit.reversed()) gate.addInverseTo(builder);
        for (int i = 0; i < qubits; i++) {
            builder.node(Opcode.MEASURE_Z).qubit(i).output(builder.declareEvent("m" + i));
        }
        builder.node(Opcode.FREE_LQ).qubits(all);
        return builder.build();
    }

    /// Random gates on random qubits, near and far.
    private static List<Gate> scramble(int qubits, int gates, Opcode[] from, long seed) {
        var random = new SplittableRandom(seed);
        List<Gate> circuit = new ArrayList<>();
        while (circuit.size() < gates) {
            Opcode opcode = from[random.nextInt(from.length)];
            if (opcode.shape().qubitsMin > qubits) continue;
            int[] chosen = new int[opcode.shape().qubitsMin];
            int first = random.nextInt(qubits);
            int stride = qubits > 3 ? 1 + random.nextInt((qubits - 1) / 3) : 1;
            for (int i = 0; i < chosen.length; i++) chosen[i] = (first + i * stride) % qubits;
            circuit.add(new Gate(opcode, chosen, random.nextDouble(-4, 4)));
        }
        return circuit;
    }

    private static int[] declared(GraphBuilder builder, int qubits) {
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        return all;
    }

    private static void assertAllZero(Graph graph, String simulator) {
        ShotOutcomes outcomes = run(simulator, graph, 64);
        for (int event = 0; event < outcomes.events(); event++) {
            assertEquals(0, outcomes.ones(event), "qubit " + event);
        }
    }

    private static ShotOutcomes run(String simulator, Graph graph, int shots) {
        var chosen = assertInstanceOf(Choice.Chosen.class, Simulators.named(simulator, graph));
        return chosen.simulator().run(graph, new Shots(1, 0, shots));
    }
}
