package org.qmk.sim;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Operand;

/// Makes the frame program of a graph's steps: its outputs are the events.
///
/// Stim's method (Gidney, arXiv:2103.02202, section 4.1): a frame is random along Z wherever a
/// qubit is prepared in the state 0, and along what is measured, because that changes nothing
/// there; gates then carry it to where it does. A Pauli that depends on events joins the frame
/// of those shots whose condition differs from the reference's.
final class FrameCompiler {

    private final StepList steps;
    private final Graph graph;
    private final ReferencePath reference;
    private final FrameProgram.Builder builder;
    private final int[] events;
    // Rows for what lasts no longer than a step.
    private final int mask;
    private final int[] guards = new int[64];
    private int guardRows;

    private FrameCompiler(StepList steps) {
        this.steps = steps;
        graph = steps.graph();
        reference = ReferencePath.of(steps);
        builder = new FrameProgram.Builder(steps.slotsPeak());
        mask = builder.row();
        events = new int[graph.events().size()];
        for (int event = 0; event < events.length; event++) {
            events[event] = builder.row();
            builder.clear(events[event]);
            builder.output(events[event]);
        }
    }

    /// @param noise without amplitude damping
    static FrameProgram compile(StepList steps, NoiseList noise) {
        var compiler = new FrameCompiler(steps);
        for (int step = 0; step < steps.size(); step++) {
            compiler.add(step);
            // Steps with a guard have no errors of their own here: they are Paulis and logic.
            for (int error = noise.start(step); error < noise.end(step); error++) {
                compiler.add(noise, error);
            }
        }
        return compiler.builder.build();
    }

    private void add(NoiseList noise, int error) {
        int first = noise.first(error);
        switch (noise.kind(error)) {
            case PAULI -> {
                PauliChannel channel = noise.channel(error);
                builder.pauliChannel(first, channel.x(), channel.y(), channel.z());
            }
            case DEPOLARIZE_2 ->
                    builder.depolarize(first, noise.second(error), noise.chance(error));
            case FLIP -> builder.flip(events[first], noise.chance(error));
            case PATCH ->
                    builder.patch(first, noise.patches(), noise.patch(error), noise.epochs(error));
            case DECAY ->
                    throw new IllegalArgumentException("amplitude damping is no Pauli channel");
        }
    }

    private void add(int step) {
        int a = steps.slotEnd(step) > steps.slotStart(step) ? steps.slot(step, 0) : 0;
        int b = steps.slotEnd(step) > steps.slotStart(step) + 1 ? steps.slot(step, 1) : 0;
        switch (steps.act(step)) {
            case ALLOC, RESET -> builder.reset(a);
            case FREE -> builder.discard(a);
            case MEASURE -> measure(step, a);
            case MEASURE_ANGLE -> {
                int turns = QuarterTurns.of(steps.angle(step)).orElseThrow();
                if ((turns & 1) == 0) builder.measureZ(a, events[steps.event(step)]);
                else builder.measureX(a, events[steps.event(step)]);
                addReference(step, events[steps.event(step)]);
            }
            case PAULI -> {
                if (conditions(step)) multiply(step);
            }
            case ROTATE -> {
                if ((QuarterTurns.of(steps.angle(step)).orElseThrow() & 1) == 0) return;
                anticommuting(step);
                multiply(step);
            }
            case H -> builder.h(a);
            case S, SDG -> builder.s(a);
            case SX, SXDG -> builder.sx(a);
            case CNOT -> builder.cnot(a, b);
            case CZ -> builder.cz(a, b);
            case SWAP -> builder.swap(a, b);
            case ISWAP, ISWAPDG -> {
                builder.s(a);
                builder.s(b);
                builder.cz(a, b);
                builder.swap(a, b);
            }
            case T, TDG, CCZ, TOFFOLI ->
                    throw new IllegalArgumentException(steps.act(step) + " is not Clifford");
            case EVENT_CONST, EVENT_NOT, EVENT_XOR, EVENT_AND, EVENT_OR, EVENT_SELECT ->
                    evaluate(step);
        }
    }

    private void measure(int step, int slot) {
        int event = events[steps.event(step)];
        int start = steps.slotStart(step);
        boolean single = steps.slotEnd(step) == start + 1;
        if (single && !steps.hasX(start)) {
            builder.measureZ(slot, event);
        } else if (single && !steps.hasZ(start)) {
            builder.measureX(slot, event);
        } else {
            anticommuting(step);
            builder.copy(event, mask);
            builder.random(mask);
            multiply(step);
        }
        addReference(step, event);
    }

    private void addReference(int step, int row) {
        if (reference.mask(step) != 0) builder.invert(row);
    }

    /// Makes `mask` the shots whose frame does not commute with the step's Pauli product.
    private void anticommuting(int step) {
        int[] parts = new int[2 * (steps.slotEnd(step) - steps.slotStart(step))];
        int count = 0;
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            if (steps.hasX(i)) parts[count++] = builder.rowZ(steps.slotAt(i));
            if (steps.hasZ(i)) parts[count++] = builder.rowX(steps.slotAt(i));
        }
        builder.sum(mask, java.util.Arrays.copyOf(parts, count));
    }

    /// Multiplies the frames of the shots in `mask` by the step's Pauli product.
    private void multiply(int step) {
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            int slot = steps.slotAt(i);
            if (steps.hasX(i)) builder.xor(builder.rowX(slot), mask);
            if (steps.hasZ(i)) builder.xor(builder.rowZ(slot), mask);
        }
    }

    /// Makes `mask` the shots that differ from the reference in whether the step's Pauli applies;
    /// false if none can.
    private boolean conditions(int step) {
        int node = steps.node(step);
        int inputs = graph.count(node, Operand.Kind.INPUT);
        if (inputs == 0 && !steps.isGuarded(step)) return false;
        if (inputs == 0) ones(mask);
        else builder.sum(mask, inputs(node));
        restrict(mask, steps.guard(step));
        addReference(step, mask);
        return true;
    }

    private int[] inputs(int node) {
        int[] rows = new int[graph.count(node, Operand.Kind.INPUT)];
        int count = 0;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) == Operand.Kind.INPUT) {
                rows[count++] = events[Operand.index(operand)];
            }
        }
        return rows;
    }

    private void ones(int row) {
        builder.clear(row);
        builder.invert(row);
    }

    /// Clears a row where a guard does not hold.
    private void restrict(int row, Guard guard) {
        if (guard instanceof Guard.Always) return;
        int held = guardRow(guard, 0);
        builder.and(row, held);
    }

    /// A row that says where a guard holds.
    private int guardRow(Guard guard, int depth) {
        if (depth == guardRows) guards[guardRows++] = builder.row();
        int row = guards[depth];
        switch (guard) {
            case Guard.Always() -> ones(row);
            case Guard.Is(var event, var value) -> {
                builder.copy(row, events[event]);
                if (!value) builder.invert(row);
            }
            case Guard.All(var parts) -> {
                ones(row);
                for (Guard part : parts) builder.and(row, guardRow(part, depth + 1));
            }
            case Guard.Any(var parts) -> {
                builder.clear(row);
                for (Guard part : parts) builder.or(row, guardRow(part, depth + 1));
            }
        }
        return row;
    }

    private void evaluate(int step) {
        int node = steps.node(step);
        int[] inputs = inputs(node);
        int row = events[steps.event(step)];
        Act act = steps.act(step);
        if (act == Act.EVENT_CONST) {
            if (graph.argument(node).equals(new Argument.Bit(true))) ones(row);
            else builder.clear(row);
        } else if (act == Act.EVENT_SELECT) {
            builder.sum(row, inputs[1], inputs[2]);
            builder.and(row, inputs[0]);
            builder.xor(row, inputs[2]);
        } else if (act == Act.EVENT_XOR) {
            builder.sum(row, inputs);
        } else {
            builder.copy(row, inputs[0]);
            if (act == Act.EVENT_NOT) builder.invert(row);
            for (int i = 1; i < inputs.length; i++) {
                if (act == Act.EVENT_AND) builder.and(row, inputs[i]);
                else builder.or(row, inputs[i]);
            }
        }
        restrict(row, steps.guard(step));
    }
}
