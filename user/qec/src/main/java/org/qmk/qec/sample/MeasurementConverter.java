package org.qmk.qec.sample;

import java.util.Arrays;
import java.util.BitSet;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitInstruction;
import org.qmk.qec.circuit.CircuitItem;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.RepeatBlock;
import org.qmk.qec.circuit.Target;
import org.qmk.qec.result.ShotRows;

/// Makes detection events of records of measurements: a detector is 1 if the sum of its records is
/// not what it is without noise.
public final class MeasurementConverter {

    private final int measurements;
    private final int detectors;
    private final int observables;
    // By detector, then by observable: which records it is the sum of.
    private final int[] starts;
    private int[] records = new int[64];
    private int size;
    private final BitSet expected = new BitSet();
    private int[][] observableRecords;
    private int measured;
    private int made;

    /// @param skipReference take the noiseless record as all 0
    /// @throws QecFailure if a record is before the first, or if there is too much
    public MeasurementConverter(Circuit circuit, boolean skipReference) throws QecFailure {
        if (circuit.measurements() > 1 << 30 || circuit.detectors() > 1 << 30) {
            throw new QecFailure(QecRule.SIZE, "the circuit has more than 2^30 measurements");
        }
        if (circuit.sweepBits() > 0) {
            throw new QecFailure(
                    QecRule.TARGET, "the circuit depends on sweep bits, which are not given");
        }
        measurements = (int) circuit.measurements();
        detectors = (int) circuit.detectors();
        observables = circuit.observables();
        starts = new int[detectors + observables + 1];
        observableRecords = new int[observables][0];
        add(circuit);
        for (int[] sum : observableRecords) {
            for (int record : sum) push(record);
            starts[++made] = size;
        }
        observableRecords = new int[0][];
        if (skipReference) return;
        BitSet reference = ReferenceSample.of(circuit);
        for (int bit = 0; bit < bits(); bit++) {
            boolean sum = false;
            for (int i = starts[bit]; i < starts[bit + 1]; i++) sum ^= reference.get(records[i]);
            expected.set(bit, sum);
        }
    }

    /// Detectors and observables of a shot.
    public int bits() {
        return detectors + observables;
    }

    private void add(Circuit circuit) throws QecFailure {
        for (CircuitItem item : circuit.items()) {
            switch (item) {
                case RepeatBlock block -> {
                    for (long turn = 0; turn < block.count(); turn++) add(block.body());
                }
                case CircuitInstruction instruction -> {
                    measured += instruction.measurementCount();
                    if (instruction.gate() == Gate.DETECTOR) {
                        for (int i = 0; i < instruction.targetCount(); i++) {
                            push(record(instruction.target(i)));
                        }
                        starts[++made] = size;
                    } else if (instruction.gate() == Gate.OBSERVABLE_INCLUDE) {
                        include(instruction);
                    }
                }
            }
        }
    }

    private void include(CircuitInstruction instruction) throws QecFailure {
        int observable = (int) instruction.argument(0);
        int[] sum = observableRecords[observable];
        int count = sum.length;
        sum = Arrays.copyOf(sum, count + instruction.targetCount());
        for (int i = 0; i < instruction.targetCount(); i++) {
            // A Pauli letter is no measurement: no record tells of it.
            if (!Target.isRecord(instruction.target(i))) continue;
            sum[count++] = record(instruction.target(i));
        }
        observableRecords[observable] = Arrays.copyOf(sum, count);
    }

    private int record(int target) throws QecFailure {
        int back = Target.value(target);
        if (back <= measured) return measured - back;
        throw new QecFailure(
                QecRule.LOOKBACK,
                "%s is named after %d measurements".formatted(Target.text(target), measured));
    }

    private void push(int record) {
        if (size == records.length) records = Arrays.copyOf(records, 2 * size);
        records[size++] = record;
    }

    /// Detectors, then observables, of shots of measurements.
    public ShotRows convert(ShotRows shots) {
        if (shots.bits() != measurements) {
            throw new IllegalArgumentException(
                    "shots have %d bits, expected %d".formatted(shots.bits(), measurements));
        }
        var events = new ShotRows(bits(), Math.max(1, shots.shots()));
        events.resize(shots.shots());
        for (int shot = 0; shot < shots.shots(); shot++) {
            for (int bit = 0; bit < bits(); bit++) {
                boolean sum = expected.get(bit);
                for (int i = starts[bit]; i < starts[bit + 1]; i++) {
                    sum ^= shots.get(shot, records[i]);
                }
                if (sum) events.flip(shot, bit);
            }
        }
        return events;
    }
}
