package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;
import org.qmk.machine.surgery.BlockLayout;
import org.qmk.qvm.Argument;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

class RoutedRunTest {

    private static final int QUBITS = 16;

    @TempDir Path folder;

    @Test
    void a_floor_changes_the_epochs_and_not_the_counts() throws Exception {
        Verified program = layers(4);

        EmbeddedKernel.Result ideal = run(MachineModel.IDEAL, program, Optional.empty());
        EmbeddedKernel.Result fast = run(machine(BlockLayout.FAST), program, Optional.empty());
        EmbeddedKernel.Result compact =
                run(machine(BlockLayout.COMPACT), program, Optional.empty());

        assertEquals(JobState.COMPLETED, compact.state());
        assertEquals(ideal.counts(), fast.counts());
        assertEquals(ideal.counts(), compact.counts());
        // One shot at a time; eight pairs at once fit nowhere, and least of all in one corridor.
        long apart = ideal.epochs() * 5;
        assertTrue(fast.epochs() > apart, fast.epochs() + " of " + apart);
        assertTrue(compact.epochs() > fast.epochs(), compact.epochs() + " of " + fast.epochs());
    }

    @Test
    void a_run_over_a_floor_is_replayed() throws Exception {
        run(MachineFile.shipped("floor-16"), layers(2), Optional.of(folder));

        assertInstanceOf(Replay.Result.Agrees.class, Replay.of(folder));
    }

    private static EmbeddedKernel.Result run(
            MachineModel machine, Verified program, Optional<Path> journal) throws Exception {
        try (var kernel = EmbeddedKernel.open(machine, Simulators::choose, journal)) {
            return kernel.run(program, new JobPolicy(5, 7), _ -> {});
        }
    }

    private static MachineModel machine(BlockLayout block) {
        MachineShape plain = MachineShape.plain("floor", QUBITS, 1 << 20, 7);
        return new MachineModel(plain.on(block.floor(QUBITS)), "A floor.", List.of());
    }

    /// Layers of CNOTs over all qubits, paired at random.
    private static Verified layers(int count) {
        var builder = new GraphBuilder();
        int[] qubits = new int[QUBITS];
        for (int i = 0; i < QUBITS; i++) qubits[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(qubits).argument(new Argument.Profile("logical"));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < QUBITS; i++) order.add(i);
        for (int q : Arrays.copyOf(qubits, QUBITS / 2)) builder.node(Opcode.APPLY_H).qubit(q);
        for (int layer = 0; layer < count; layer++) {
            Collections.shuffle(order, new Random(layer));
            for (int i = 0; i < QUBITS; i += 2) {
                int a = qubits[order.get(i)];
                int b = qubits[order.get(i + 1)];
                builder.node(Opcode.APPLY_CNOT).qubits(a, b);
            }
        }
        for (int i = 0; i < QUBITS; i++) {
            int event = builder.declareEvent("m" + i);
            builder.node(Opcode.MEASURE_Z).qubit(qubits[i]).output(event);
        }
        builder.node(Opcode.FREE_LQ).qubits(qubits);
        return assertInstanceOf(
                Verified.class, Verifier.verify(builder.requireWhatIsUsed().build()));
    }
}
