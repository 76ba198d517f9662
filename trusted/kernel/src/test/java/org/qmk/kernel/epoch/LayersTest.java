package org.qmk.kernel.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.OperationTimes;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

class LayersTest {

    private static final long[] CAPACITY = {100, 100, 100, 100};
    private static final int A = 0;
    private static final int B = 1;
    private static final int M = 0;
    private static final int N = 1;

    @Test
    void independent_gates_share_an_epoch() {
        List<List<Integer>> layers =
                layers(
                        b -> {
                            b.node(Opcode.APPLY_H).qubit(A);
                            b.node(Opcode.APPLY_H).qubit(B);
                        });

        assertEquals(List.of(List.of(0), List.of(1, 2), List.of(3)), layers);
    }

    @Test
    void pauli_gates_take_no_epoch_of_their_own() {
        List<List<Integer>> layers =
                layers(
                        b -> {
                            b.node(Opcode.APPLY_H).qubit(A);
                            b.node(Opcode.APPLY_X).qubit(A);
                            b.node(Opcode.APPLY_H).qubit(A);
                        });

        assertEquals(List.of(List.of(0), List.of(1, 2), List.of(3), List.of(4)), layers);
    }

    @Test
    void a_guarded_node_waits_for_the_event_it_is_guarded_by() {
        List<List<Integer>> layers =
                layers(
                        b -> {
                            b.node(Opcode.MEASURE_Z).qubit(A).output(M);
                            b.node(Opcode.APPLY_H).qubit(B).guard(new Guard.Is(M, true));
                        });

        assertEquals(List.of(List.of(0), List.of(1), List.of(2), List.of(3)), layers);
    }

    @Test
    void a_correction_happens_in_the_epoch_that_makes_its_event() {
        List<List<Integer>> layers =
                layers(
                        b -> {
                            b.node(Opcode.MEASURE_Z).qubit(A).output(M);
                            b.node(Opcode.COND_PAULI)
                                    .qubit(B)
                                    .input(M)
                                    .argument(new Argument.Pauli(PauliString.of("X")));
                        });

        assertEquals(List.of(List.of(0), List.of(1, 2), List.of(3)), layers);
    }

    @Test
    void a_fence_parts_what_could_share_an_epoch() {
        List<List<Integer>> layers =
                layers(
                        b -> {
                            b.node(Opcode.APPLY_H).qubit(A);
                            b.node(Opcode.FENCE_EPOCH);
                            b.node(Opcode.APPLY_H).qubit(B);
                        });

        assertEquals(List.of(List.of(0), List.of(1, 2), List.of(3), List.of(4)), layers);
    }

    @Test
    void an_explicit_edge_makes_a_node_wait_even_for_a_later_one() {
        List<List<Integer>> layers =
                layers(
                        b -> {
                            b.node(Opcode.APPLY_H).qubit(A);
                            b.node(Opcode.APPLY_H).qubit(B);
                            b.after(1, 2);
                        });

        assertEquals(List.of(List.of(0), List.of(2), List.of(1), List.of(3)), layers);
    }

    @Test
    void a_constant_event_does_not_cost_an_epoch() {
        List<List<Integer>> layers =
                layers(b -> b.node(Opcode.EV_CONST).output(N).argument(new Argument.Bit(true)));

        assertEquals(List.of(List.of(0, 1), List.of(2)), layers);
    }

    @Test
    void the_end_of_a_layer_is_found_from_any_position_in_it() {
        Layers layers =
                Layers.of(
                        program(
                                b -> {
                                    b.node(Opcode.APPLY_H).qubit(A);
                                    b.node(Opcode.APPLY_H).qubit(B);
                                }),
                        0,
                        OperationTimes.UNIT,
                        CAPACITY);

        assertEquals(1, layers.layerEnd(layers.layer(0)));
        assertEquals(3, layers.layerEnd(layers.layer(1)));
        assertEquals(3, layers.layerEnd(layers.layer(2)));
        assertEquals(4, layers.layerEnd(layers.layer(3)));
    }

    @Test
    void an_allocation_waits_for_the_qubits_freed_before_it() {
        List<List<Integer>> layers =
                layers(
                        b -> {
                            for (int i = 0; i < 2; i++) {
                                int ancilla = b.declareQubit("ancilla" + i);
                                b.node(Opcode.ALLOC_LQ)
                                        .qubit(ancilla)
                                        .argument(new Argument.Profile("logical"));
                                b.node(Opcode.FREE_LQ).qubit(ancilla);
                            }
                        });

        assertEquals(List.of(List.of(0, 1), List.of(2, 5), List.of(3), List.of(4)), layers);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_more_qubits_are_live_at_once_than_the_verifier_says(long seed) {
        for (int i = 0; i < 100; i++) {
            Verified program = lives(1_000 * seed + i);
            expectPeak(program, OperationTimes.UNIT);
            expectPeak(program, new OperationTimes(0, 2, 3));
        }
    }

    private static void expectPeak(Verified program, OperationTimes times) {
        Layers layers = Layers.of(program, 0, times, CAPACITY);
        int live = 0;
        int peak = 0;
        for (int position = 0; position < layers.size(); position++) {
            int node = layers.node(position);
            int qubits = program.graph().count(node, Operand.Kind.QUBIT);
            if (program.graph().opcode(node) == Opcode.ALLOC_LQ) live += qubits;
            if (program.graph().opcode(node) == Opcode.FREE_LQ) live -= qubits;
            peak = Math.max(peak, live);
        }
        assertTrue(peak <= program.qubitsPeak(), peak + " > " + program.qubitsPeak());
    }

    /// A program of allocations, gates and frees, with a forward edge if it allows one.
    private static Verified lives(long seed) {
        return Verifier.verify(lives(seed, true)) instanceof Verified bent
                ? bent
                : assertInstanceOf(Verified.class, Verifier.verify(lives(seed, false)));
    }

    private static Graph lives(long seed, boolean edge) {
        var random = new SplittableRandom(seed);
        var builder = new GraphBuilder();
        builder.outputsGiven();
        List<Integer> live = new ArrayList<>();
        for (int step = 0; step < 40 || !live.isEmpty(); step++) {
            if (step < 40 && (live.isEmpty() || random.nextInt(3) == 0)) {
                live.add(builder.declareQubit("q" + step));
                builder.node(Opcode.ALLOC_LQ)
                        .qubit(live.getLast())
                        .argument(new Argument.Profile("logical"));
            } else if (step >= 40 || random.nextInt(2) == 0) {
                builder.node(Opcode.FREE_LQ).qubit(live.remove(random.nextInt(live.size())));
            } else {
                Opcode gate = random.nextBoolean() ? Opcode.APPLY_H : Opcode.APPLY_T;
                builder.node(gate).qubit(live.get(random.nextInt(live.size())));
            }
        }
        if (edge) builder.after(random.nextInt(20), 20 + random.nextInt(20));
        return builder.requireWhatIsUsed().build();
    }

    /// The layers of a program on two qubits, allocated by node 0 and freed by the last.
    private static List<List<Integer>> layers(Consumer<GraphBuilder> body) {
        Layers layers = Layers.of(program(body), 0, OperationTimes.UNIT, CAPACITY);
        List<List<Integer>> result = new ArrayList<>();
        int position = 0;
        while (position < layers.size()) {
            List<Integer> layer = new ArrayList<>();
            int end = layers.layerEnd(layers.layer(position));
            assertTrue(end > position);
            while (position < end) layer.add(layers.node(position++));
            result.add(layer);
        }
        assertEquals(layers.count(), result.size());
        return result;
    }

    private static Verified program(Consumer<GraphBuilder> body) {
        var builder = new GraphBuilder();
        builder.declareQubit("a");
        builder.declareQubit("b");
        builder.declareEvent("m");
        builder.declareEvent("n");
        builder.outputsGiven();
        builder.node(Opcode.ALLOC_LQ).qubits(A, B).argument(new Argument.Profile("logical"));
        body.accept(builder);
        builder.node(Opcode.FREE_LQ).qubits(A, B);
        return assertInstanceOf(
                Verified.class, Verifier.verify(builder.requireWhatIsUsed().build()));
    }
}
