package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

class NoiseModelTest {

    @Test
    void a_model_is_read_as_it_is_written() {
        String text = "gate1=0.001:0.002:0.0,gate2=0.01,measure=0.02,reset=0.01,damping=1.0e-4";

        NoiseModel model = NoiseModel.parse(text);

        assertEquals(new PauliChannel(0.001, 0.002, 0), model.gate1());
        assertEquals(text, model.toString());
        assertEquals(
                model,
                NoiseModel.parse(
                        " damping=1e-4 , gate2=0.01,"
                                + text.substring(0, 21)
                                + ",measure=0.02,reset=0.01"));
        assertEquals(PauliChannel.depolarizing(0.3), NoiseModel.parse("epoch=0.3").epoch());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gate3=0.1",
                "gate1",
                "gate1=",
                "gate1=x",
                "gate2=-0.1",
                "gate2=1.1",
                "gate2=NaN",
                "gate1=0.1:0.1",
                "gate1=0.5:0.5:0.5",
                "gate2=0.1,gate2=0.1",
                "measure=0.1,"
            })
    void what_is_no_model_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> NoiseModel.parse(text));
    }

    @Test
    void a_channel_twice_is_its_square() {
        var channel = new PauliChannel(0.1, 0.02, 0.2);
        double none = 1 - channel.any();

        PauliChannel twice = channel.times(2);

        // Two different letters make the third.
        assertEquals(2 * (none * 0.1 + 0.02 * 0.2), twice.x(), 1e-15);
        assertEquals(2 * (none * 0.02 + 0.1 * 0.2), twice.y(), 1e-15);
        assertEquals(2 * (none * 0.2 + 0.1 * 0.02), twice.z(), 1e-15);
    }

    /// q waits two epochs between its H and the CNOT, since p has three gates before it.
    @Test
    void errors_of_time_are_behind_the_last_operation() {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        int p = builder.declareQubit("p");
        int m = builder.declareEvent("m");
        builder.node(Opcode.ALLOC_LQ).qubits(q, p);
        builder.node(Opcode.APPLY_H).qubit(q);
        builder.node(Opcode.APPLY_S).qubit(p);
        builder.node(Opcode.APPLY_X).qubit(p);
        builder.node(Opcode.APPLY_S).qubit(p);
        builder.node(Opcode.APPLY_CNOT).qubits(q, p);
        builder.node(Opcode.MEASURE_Z).qubit(p).output(m);
        builder.node(Opcode.FREE_LQ).qubits(q, p);
        var steps = new StepList(builder.build());

        assertEquals(
                List.of(
                        "0: reset 0",
                        "0: 1 epoch 0",
                        "1: reset 1",
                        "1: 1 epoch 1",
                        "2: gate 0",
                        "2: 3 epoch 0",
                        "3: gate 1",
                        "3: 1 epoch 1",
                        "4: 1 epoch 1",
                        "5: gate 1",
                        "5: 1 epoch 1",
                        "6: gates 0 1",
                        "6: 1 epoch 1",
                        "7: flip 0"),
                errors(
                        steps,
                        NoiseModel.parse(
                                "gate1=0.3,gate2=0.4,measure=0.1,reset=0.2,epoch=0:0:0.01")));
    }

    @Test
    void no_noise_is_an_empty_list() {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        builder.node(Opcode.ALLOC_LQ).qubit(q);
        builder.node(Opcode.FREE_LQ).qubit(q);

        assertTrue(NoiseList.of(new StepList(builder.build()), NoiseModel.NONE).isEmpty());
    }

    private static List<String> errors(StepList steps, NoiseModel model) {
        NoiseList list = NoiseList.of(steps, model);
        List<String> all = new ArrayList<>();
        for (int step = 0; step < steps.size(); step++) {
            for (int error = list.start(step); error < list.end(step); error++) {
                all.add(step + ": " + text(list, error, error < list.ownEnd(step), model));
            }
        }
        return all;
    }

    private static String text(NoiseList list, int error, boolean own, NoiseModel model) {
        int first = list.first(error);
        return switch (list.kind(error)) {
            case FLIP -> "flip " + first;
            case DEPOLARIZE_2 -> "gates " + first + " " + list.second(error);
            case DECAY -> "decay " + first;
            case PATCH -> "patch " + first;
            case PAULI -> {
                if (own) {
                    boolean gate = list.channel(error).equals(model.gate1());
                    yield (gate ? "gate " : "reset ") + first;
                }
                int epochs = 1;
                while (!model.epoch().times(epochs).equals(list.channel(error))) epochs++;
                yield epochs + " epoch " + first;
            }
        };
    }
}
