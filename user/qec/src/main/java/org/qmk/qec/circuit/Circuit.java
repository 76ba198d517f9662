package org.qmk.qec.circuit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// A circuit: instructions and loops in the order in which they happen. Counts take the turns of
/// loops into account and are known from the start.
public final class Circuit {

    private final List<CircuitItem> items;
    private final int qubits;
    private final int sweepBits;
    private final long measurements;
    private final long detectors;
    private final long ticks;
    private final int observables;
    private final int lookback;

    private Circuit(List<CircuitItem> given) throws QecFailure {
        items = List.copyOf(given);
        var count = new Count();
        for (CircuitItem item : items) {
            switch (item) {
                case CircuitInstruction instruction -> count.add(instruction);
                case RepeatBlock block -> count.add(block);
            }
        }
        qubits = count.qubits;
        sweepBits = count.sweepBits;
        measurements = count.measurements;
        detectors = count.detectors;
        ticks = count.ticks;
        observables = count.observables;
        lookback = count.lookback;
    }

    /// Reads a circuit from its text.
    public static Circuit parse(String text) throws QecFailure {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try {
            return CircuitReader.read(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }

    public List<CircuitItem> items() {
        return items;
    }

    /// One more than the largest qubit.
    public int qubits() {
        return qubits;
    }

    /// One more than the largest sweep bit.
    public int sweepBits() {
        return sweepBits;
    }

    /// The bits of the record of measurements.
    public long measurements() {
        return measurements;
    }

    public long detectors() {
        return detectors;
    }

    public long ticks() {
        return ticks;
    }

    /// One more than the largest observable.
    public int observables() {
        return observables;
    }

    /// The farthest look back.
    public int lookback() {
        return lookback;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Circuit that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    /// The text, as `CircuitWriter` has it.
    @Override
    public String toString() {
        return CircuitWriter.text(this);
    }

    private static final class Count {
        int qubits;
        int sweepBits;
        long measurements;
        long detectors;
        long ticks;
        int observables;
        int lookback;

        void add(CircuitInstruction instruction) {
            measurements += instruction.measurementCount();
            Gate gate = instruction.gate();
            if (gate == Gate.DETECTOR) detectors++;
            if (gate == Gate.TICK) ticks++;
            if (gate == Gate.OBSERVABLE_INCLUDE) {
                observables = Math.max(observables, (int) instruction.argument(0) + 1);
            }
            if (gate == Gate.MPAD) return;
            for (int i = 0; i < instruction.targetCount(); i++) {
                int target = instruction.target(i);
                int value = Target.value(target);
                if (Target.isRecord(target)) lookback = Math.max(lookback, value);
                else if (Target.isSweep(target)) sweepBits = Math.max(sweepBits, value + 1);
                else if (!Target.isCombiner(target)) qubits = Math.max(qubits, value + 1);
            }
        }

        void add(RepeatBlock block) throws QecFailure {
            Circuit body = block.body();
            qubits = Math.max(qubits, body.qubits);
            sweepBits = Math.max(sweepBits, body.sweepBits);
            observables = Math.max(observables, body.observables);
            lookback = Math.max(lookback, body.lookback);
            try {
                long count = block.count();
                measurements =
                        Math.addExact(measurements, Math.multiplyExact(count, body.measurements));
                detectors = Math.addExact(detectors, Math.multiplyExact(count, body.detectors));
                ticks = Math.addExact(ticks, Math.multiplyExact(count, body.ticks));
            } catch (ArithmeticException e) {
                var failure =
                        new QecFailure(QecRule.SIZE, "the circuit has more than 2^63 measurements");
                failure.initCause(e);
                throw failure;
            }
        }
    }

    /// Makes a circuit. Instructions that follow each other and differ in their targets only
    /// become one, as the format's own tools have it.
    public static final class Builder {

        private final List<CircuitItem> items = new ArrayList<>();
        private CircuitInstruction last;
        private int[] more = new int[16];
        private int moreCount;

        public Builder() {}

        /// @throws QecFailure if the gate does not take these targets
        public Builder add(Gate gate, int... targets) throws QecFailure {
            return add(gate, "", new double[0], targets);
        }

        /// @throws QecFailure if the gate does not take this chance or these targets
        public Builder add(Gate gate, double chance, int... targets) throws QecFailure {
            return add(gate, "", new double[] {chance}, targets);
        }

        /// @param tag empty if there is none
        /// @throws QecFailure if the gate does not take these arguments or targets
        public Builder add(Gate gate, String tag, double[] arguments, int[] targets)
                throws QecFailure {
            return add(CircuitInstruction.owning(gate, tag, arguments.clone(), targets.clone()));
        }

        public Builder add(CircuitInstruction instruction) {
            if (last != null && last.fusesWith(instruction)) {
                int count = instruction.targetCount();
                if (moreCount + count > more.length) {
                    more = java.util.Arrays.copyOf(more, 2 * (moreCount + count));
                }
                for (int i = 0; i < count; i++) more[moreCount++] = instruction.target(i);
            } else {
                end();
                last = instruction;
            }
            return this;
        }

        public Builder add(RepeatBlock block) {
            end();
            items.add(block);
            return this;
        }

        /// Adds all of a circuit.
        public Builder add(Circuit circuit) {
            for (CircuitItem item : circuit.items) {
                switch (item) {
                    case CircuitInstruction instruction -> add(instruction);
                    case RepeatBlock block -> add(block);
                }
            }
            return this;
        }

        /// @throws QecFailure if the circuit has more than 2^63 measurements, detectors or ticks
        public Circuit build() throws QecFailure {
            end();
            return new Circuit(items);
        }

        private void end() {
            if (last != null) items.add(moreCount == 0 ? last : last.fused(more, moreCount));
            last = null;
            moreCount = 0;
        }
    }
}
