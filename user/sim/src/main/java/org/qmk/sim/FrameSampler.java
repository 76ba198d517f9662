package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Operand;

/// Samples Clifford programs whose only feedback is Pauli operators, 64 shots a word: each shot
/// is a reference path times a Pauli frame.
///
/// Stim's method (Gidney, arXiv:2103.02202, section 4.1): a frame is random along Z wherever a
/// qubit is prepared in the state 0, and along what is measured, because that changes nothing
/// there; gates then carry it to where it does. A Pauli that depends on events joins the frame
/// of those shots whose condition differs from the reference's.
///
/// Random words come from a stream for each aligned block of 64 shot numbers, the same number
/// of words for every block.
final class FrameSampler {

    /// Words of frames and events in one batch: what a core's second-level cache holds.
    private static final int BATCH_WORDS = 1 << 16;

    private static final int BATCH_MAX = 256;

    private final StepList steps;
    private final Graph graph;
    private final ReferencePath reference;
    private final Shots shots;
    private final int batch;
    // Slot s of block w of the batch is at s * batch + w, and so for events.
    private final long[] x;
    private final long[] z;
    private final long[] events;
    private final long[] starts;
    private final long[] increments;
    private final long[] mask;
    private long draws;

    private FrameSampler(StepList steps, ReferencePath reference, Shots shots, long blocks) {
        this.steps = steps;
        this.graph = steps.graph();
        this.reference = reference;
        this.shots = shots;
        int eventCount = graph.events().size();
        long planes = Math.max(1, 2L * steps.slotsPeak() + eventCount);
        long fitting = Math.clamp(BATCH_WORDS / planes, 1, BATCH_MAX);
        batch = (int) Math.clamp(blocks, 1, fitting);
        x = new long[steps.slotsPeak() * batch];
        z = new long[steps.slotsPeak() * batch];
        events = new long[eventCount * batch];
        starts = new long[batch];
        increments = new long[batch];
        mask = new long[batch];
    }

    /// Whether frames can sample the program: nothing but classical logic and Pauli operators
    /// depends on events.
    static boolean applies(StepList steps) {
        for (int step = 0; step < steps.size(); step++) {
            if (!steps.isGuarded(step)) continue;
            if (!steps.act(step).isClassical() && steps.act(step) != Act.PAULI) return false;
        }
        return true;
    }

    static ShotOutcomes run(StepList steps, Shots shots) {
        long[][] planes = HeapMemory.planes(steps.graph().events().size(), shots.count());
        if (shots.count() == 0) return ShotOutcomes.owning(0, planes);
        long firstBlock = shots.first() >>> 6;
        long blocks = (shots.first() + shots.count() - 1 >>> 6) - firstBlock + 1;
        var sampler = new FrameSampler(steps, ReferencePath.of(steps), shots, blocks);
        for (long done = 0; done < blocks; done += sampler.batch) {
            sampler.sample(firstBlock + done);
            sampler.writeTo(planes, done);
        }
        return ShotOutcomes.owning(shots.count(), planes);
    }

    private void sample(long firstBlock) {
        Arrays.fill(x, 0);
        Arrays.fill(z, 0);
        Arrays.fill(events, 0);
        draws = 0;
        for (int w = 0; w < batch; w++) {
            starts[w] = ShotStream.start(shots.seed(), firstBlock + w);
            increments[w] = ShotStream.step(starts[w]);
        }
        for (int step = 0; step < steps.size(); step++) sampleStep(step);
    }

    /// Moves a batch into the planes. Shots start anywhere in the first block.
    private void writeTo(long[][] planes, long done) {
        int offset = (int) shots.first() & 63;
        for (int event = 0; event < planes.length; event++) {
            long[] plane = planes[event];
            for (int w = 0; w < batch; w++) {
                long value = events[event * batch + w];
                long to = done + w;
                if (to < plane.length) plane[(int) to] |= value >>> offset;
                if (offset != 0 && to > 0 && to <= plane.length) {
                    plane[(int) to - 1] |= value << -offset;
                }
            }
        }
    }

    private void sampleStep(int step) {
        int a = steps.slotEnd(step) > steps.slotStart(step) ? steps.slot(step, 0) * batch : 0;
        int b = steps.slotEnd(step) > steps.slotStart(step) + 1 ? steps.slot(step, 1) * batch : 0;
        switch (steps.act(step)) {
            case ALLOC, RESET -> {
                Arrays.fill(x, a, a + batch, 0);
                draw();
                System.arraycopy(mask, 0, z, a, batch);
            }
            case FREE -> {
                Arrays.fill(x, a, a + batch, 0);
                Arrays.fill(z, a, a + batch, 0);
            }
            case MEASURE -> {
                anticommuting(step);
                record(step);
                draw();
                multiply(step);
            }
            case MEASURE_ANGLE -> measureAngle(step, a);
            case PAULI -> {
                if (conditions(step)) multiply(step);
            }
            case ROTATE -> {
                if ((QuarterTurns.of(steps.angle(step)).orElseThrow() & 1) == 0) return;
                anticommuting(step);
                multiply(step);
            }
            case H -> exchange(x, a, z, a, batch);
            case S, SDG -> add(z, a, x, a, batch);
            case SX, SXDG -> add(x, a, z, a, batch);
            case CNOT -> {
                add(x, b, x, a, batch);
                add(z, a, z, b, batch);
            }
            case CZ -> controlledZ(a, b);
            case SWAP -> swap(a, b);
            case ISWAP, ISWAPDG -> {
                add(z, a, x, a, batch);
                add(z, b, x, b, batch);
                controlledZ(a, b);
                swap(a, b);
            }
            case T, TDG, CCZ, TOFFOLI ->
                    throw new IllegalArgumentException(steps.act(step) + " is not Clifford");
            case EVENT_CONST, EVENT_NOT, EVENT_XOR, EVENT_AND, EVENT_OR, EVENT_SELECT ->
                    evaluate(step);
        }
    }

    private void controlledZ(int a, int b) {
        add(z, a, x, b, batch);
        add(z, b, x, a, batch);
    }

    private void swap(int a, int b) {
        exchange(x, a, x, b, batch);
        exchange(z, a, z, b, batch);
    }

    private void measureAngle(int step, int a) {
        boolean alongZ = (QuarterTurns.of(steps.angle(step)).orElseThrow() & 1) == 0;
        System.arraycopy(alongZ ? x : z, a, mask, 0, batch);
        record(step);
        draw();
        add(alongZ ? z : x, a, mask, 0, batch);
    }

    /// Makes `mask` the next random words.
    private void draw() {
        for (int w = 0; w < batch; w++) {
            mask[w] = ShotStream.bits(starts[w], increments[w], draws);
        }
        draws++;
    }

    /// Makes `mask` the shots whose frame does not commute with the step's Pauli product.
    private void anticommuting(int step) {
        Arrays.fill(mask, 0);
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            int slot = steps.slotAt(i) * batch;
            if (steps.hasX(i)) add(mask, 0, z, slot, batch);
            if (steps.hasZ(i)) add(mask, 0, x, slot, batch);
        }
    }

    /// Multiplies the frames of the shots in `mask` by the step's Pauli product.
    private void multiply(int step) {
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            int slot = steps.slotAt(i) * batch;
            if (steps.hasX(i)) add(x, slot, mask, 0, batch);
            if (steps.hasZ(i)) add(z, slot, mask, 0, batch);
        }
    }

    /// The step's event is the reference's but in the shots of `mask`.
    private void record(int step) {
        int event = steps.event(step) * batch;
        long expected = reference.mask(step);
        for (int w = 0; w < batch; w++) events[event + w] = mask[w] ^ expected;
    }

    /// Makes `mask` the shots that differ from the reference in whether the step's Pauli applies;
    /// false if none can.
    private boolean conditions(int step) {
        int node = steps.node(step);
        int start = graph.operandStart(node);
        int end = graph.operandEnd(node);
        boolean hasInputs = Operand.kind(graph.operand(end - 1)) == Operand.Kind.INPUT;
        if (!hasInputs && !steps.isGuarded(step)) return false;
        Arrays.fill(mask, hasInputs ? 0 : -1L);
        for (int i = start; i < end; i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) != Operand.Kind.INPUT) continue;
            add(mask, 0, events, Operand.index(operand) * batch, batch);
        }
        Guard guard = steps.guard(step);
        long expected = reference.mask(step);
        for (int w = 0; w < batch; w++) mask[w] = mask[w] & holds(guard, w) ^ expected;
        return true;
    }

    private long holds(Guard guard, int w) {
        return switch (guard) {
            case Guard.Always() -> -1L;
            case Guard.Is(var event, var value) ->
                    value ? events[event * batch + w] : ~events[event * batch + w];
            case Guard.All(var parts) -> {
                long all = -1L;
                for (Guard part : parts) all &= holds(part, w);
                yield all;
            }
            case Guard.Any(var parts) -> {
                long any = 0;
                for (Guard part : parts) any |= holds(part, w);
                yield any;
            }
        };
    }

    private void evaluate(int step) {
        int node = steps.node(step);
        int start = graph.operandStart(node);
        int inputs = graph.operandEnd(node) - start - 1;
        Act act = steps.act(step);
        boolean constant = graph.argument(node).equals(new Argument.Bit(true));
        Guard guard = steps.guard(step);
        int event = steps.event(step) * batch;
        for (int w = 0; w < batch; w++) {
            long value = constant ? -1L : 0;
            if (inputs > 0) value = input(start, w);
            if (act == Act.EVENT_NOT) value = ~value;
            if (act == Act.EVENT_SELECT) {
                value = value & input(start + 1, w) | ~value & input(start + 2, w);
            }
            for (int i = 1; i < inputs; i++) {
                long next = input(start + i, w);
                if (act == Act.EVENT_XOR) value ^= next;
                if (act == Act.EVENT_AND) value &= next;
                if (act == Act.EVENT_OR) value |= next;
            }
            events[event + w] = value & holds(guard, w);
        }
    }

    private long input(int operand, int w) {
        return events[Operand.index(graph.operand(operand)) * batch + w];
    }

    private static void add(long[] to, int toStart, long[] from, int fromStart, int count) {
        for (int w = 0; w < count; w++) to[toStart + w] ^= from[fromStart + w];
    }

    private static void exchange(long[] a, int aStart, long[] b, int bStart, int count) {
        for (int w = 0; w < count; w++) {
            long kept = a[aStart + w];
            a[aStart + w] = b[bStart + w];
            b[bStart + w] = kept;
        }
    }
}
