package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Each row of the table against what each simulator does.
class OpcodeRowsTest {

    private static final int WIDTH = 6;
    private static final double ROUNDING = 1e-14;

    @ParameterizedTest
    @EnumSource
    void the_state_vector_applies_the_matrix_of_the_row(Opcode opcode) {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            if (opcode == Opcode.USE_CHAN) {
                LinkGate gate = LinkGate.values()[(int) seed % 3];
                var matrix = (Matrix.Fixed) gate.local().matrix();
                assertApplies(
                        opcode, new Argument.Link(gate), BranchOracle.Dense.of(matrix), random);
            } else if (opcode.matrix() instanceof Matrix.Fixed matrix) {
                assertApplies(opcode, Argument.NOTHING, BranchOracle.Dense.of(matrix), random);
            } else if (opcode == Opcode.ROTATE_PAULI) {
                PauliString pauli = randomPauli(1 + random.nextInt(WIDTH), random);
                double angle = random.nextDouble(-10, 10);
                var argument = new Argument.PauliRotation(pauli, angle, 1e-10);
                assertApplies(opcode, argument, BranchOracle.Dense.rotation(pauli, angle), random);
            } else if (opcode.matrix() instanceof Matrix.Rotation) {
                PauliString pauli = PauliString.of(opcode.name().substring(1));
                double angle = random.nextDouble(-10, 10);
                var argument = new Argument.Rotation(angle, 1e-10);
                assertApplies(opcode, argument, BranchOracle.Dense.rotation(pauli, angle), random);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void both_simulators_keep_the_flows_of_the_row(Opcode opcode) {
        for (String flow : opcode.flows()) {
            if (opcode == Opcode.ALLOC_LQ) continue; // a_new_qubit_is_0
            Argument argument = argument(opcode);
            String concrete = flow.replace("P", "-XZY");
            assertFlow("statevector", opcode, argument, concrete);
            Graph graph = flowGraph(opcode, argument, concrete);
            if (Simulators.named("tableau", graph) instanceof Choice.Chosen) {
                assertFlow("tableau", opcode, argument, concrete);
            }
        }
    }

    @Test
    void a_new_qubit_is_0() {
        var builder = new GraphBuilder();
        int qubit = builder.declareQubit("q");
        int event = builder.declareEvent("m");
        for (int i = 0; i < 2; i++) {
            builder.node(Opcode.ALLOC_LQ).qubit(qubit);
            if (i == 1) builder.node(Opcode.MEASURE_Z).qubit(qubit).output(event);
            builder.node(Opcode.APPLY_H).qubit(qubit);
            builder.node(Opcode.FREE_LQ).qubit(qubit);
        }
        Graph graph = builder.build();

        for (String name : Simulators.names()) {
            assertEquals(0, run(name, graph, 256).ones(event), name);
        }
    }

    /// `IN -> OUT ^ m`: measuring IN before and OUT after, with its sign, and the row's own
    /// event, the outcomes add up to 0. Random stabilizers elsewhere make sure that nothing is
    /// certain by chance.
    private static void assertFlow(
            String simulator, Opcode opcode, Argument argument, String flow) {
        Graph graph = flowGraph(opcode, argument, flow);
        ShotOutcomes outcomes = run(simulator, graph, 128);
        for (int shot = 0; shot < outcomes.shots(); shot++) {
            boolean sum = false;
            for (int event = 0; event < outcomes.events(); event++) {
                String name = graph.events().name(event);
                if (name.equals("in") || name.equals("out") || flow.contains(name)) {
                    sum ^= outcomes.bit(event, shot);
                }
            }
            assertEquals(false, sum, simulator + ": " + opcode + " " + flow + ", shot " + shot);
        }
    }

    private static Graph flowGraph(Opcode opcode, Argument argument, String flow) {
        int qubits = qubits(opcode, argument);
        String in = flow.substring(0, flow.indexOf(" -> "));
        String out = flow.substring(flow.indexOf(" -> ") + 4).replaceFirst(" \\^ m\\d", "");
        var builder = new GraphBuilder();
        int[] handles = new int[qubits + 1];
        for (int i = 0; i <= qubits; i++) handles[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(handles);
        for (int i = 0; i < qubits; i++) {
            builder.node(Opcode.APPLY_H).qubit(handles[i]);
            builder.node(Opcode.APPLY_CZ).qubits(handles[i], handles[qubits]);
            builder.node(Opcode.APPLY_SX).qubit(handles[i]);
        }
        measure(builder, handles, in, "in");
        builder.node(opcode).argument(argument);
        for (int i = 0; i < qubits; i++) builder.qubit(handles[i]);
        if (opcode.shape().channels > 0) builder.channel(builder.declareChannel("ch"));
        for (int i = 0; i < opcode.shape().outputs; i++) {
            builder.output(builder.declareEvent("m" + i));
        }
        measure(builder, handles, out, "out");
        builder.node(Opcode.FREE_LQ).qubits(handles);
        return builder.build();
    }

    private static void measure(GraphBuilder builder, int[] handles, String pauli, String event) {
        if (pauli.equals("1") || pauli.startsWith("m")) return;
        PauliString product = PauliString.of(pauli.replace('_', 'I'));
        builder.node(Opcode.MEASURE_PAULI).argument(new Argument.Pauli(product));
        for (int i = 0; i < product.length(); i++) builder.qubit(handles[i]);
        builder.output(builder.declareEvent(event));
    }

    private static Argument argument(Opcode opcode) {
        return switch (opcode.shape().argument) {
            case PAULI -> new Argument.Pauli(PauliString.of("-XZY"));
            case ROTATION -> new Argument.Rotation(-Math.PI / 2, 1e-10);
            case PAULI_ROTATION ->
                    new Argument.PauliRotation(PauliString.of("-XZY"), Math.PI / 2, 1e-10);
            case CHANNEL -> new Argument.Channel(1, "bell_pair");
            case NONE, PROFILE, TAG, BIT, LINK_GATE, POLICY -> Argument.NOTHING;
        };
    }

    private static int qubits(Opcode opcode, Argument argument) {
        return switch (argument) {
            case Argument.Pauli(var pauli) -> pauli.length();
            case Argument.PauliRotation(var pauli, var _, var _) -> pauli.length();
            case Argument.Nothing _,
                    Argument.Profile _,
                    Argument.Tag _,
                    Argument.Rotation _,
                    Argument.Bit _,
                    Argument.Channel _,
                    Argument.Link _,
                    Argument.Policy _ ->
                    opcode.shape().qubitsMin;
        };
    }

    private static ShotOutcomes run(String simulator, Graph graph, int shots) {
        var chosen = assertInstanceOf(Choice.Chosen.class, Simulators.named(simulator, graph));
        return chosen.simulator().run(graph, new Shots(5, 0, shots));
    }

    private static PauliString randomPauli(int length, SplittableRandom random) {
        var text = new StringBuilder(random.nextBoolean() ? "-" : "");
        for (int i = 0; i < length; i++) text.append("XYZI".charAt(random.nextInt(4)));
        PauliString pauli = PauliString.of(text.toString());
        return pauli.isIdentity() ? randomPauli(length, random) : pauli;
    }

    /// Compares one operation on random qubits of a random state with the matrix.
    private static void assertApplies(
            Opcode opcode, Argument argument, BranchOracle.Dense matrix, SplittableRandom random) {
        int count = Integer.numberOfTrailingZeros(matrix.re().length);
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < WIDTH; i++) slots.add(random.nextInt(i + 1), i);
        var builder = new GraphBuilder();
        for (int i = 0; i < WIDTH; i++) builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(0, 1, 2, 3, 4, 5);
        builder.node(opcode).argument(argument);
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            builder.qubit(slots.get(i));
            places[i] = WIDTH - 1 - slots.get(i); // slot s is bit s
        }
        if (opcode.shape().channels > 0) builder.channel(builder.declareChannel("ch"));
        var steps = new StepList(builder.build());
        StateVector state = StateVector.of(steps);
        state.setWidth(WIDTH);
        int length = 1 << WIDTH;
        for (int i = 0; i < length; i++) {
            state.re()[i] = random.nextDouble(-1, 1);
            state.im()[i] = random.nextDouble(-1, 1);
        }
        double[] re = new double[length];
        double[] im = new double[length];
        matrix.apply(places, WIDTH, state.re().clone(), state.im().clone(), re, im);

        int last = steps.size() - 1;
        assertTrue(last >= WIDTH, "the row has a step");
        state.apply(last);

        for (int i = 0; i < length; i++) {
            assertEquals(re[i], state.re()[i], ROUNDING, opcode + " re " + i);
            assertEquals(im[i], state.im()[i], ROUNDING, opcode + " im " + i);
        }
    }
}
