package org.qmk.qec.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitInstruction;
import org.qmk.qec.circuit.CircuitItem;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.LetterProduct;
import org.qmk.qec.circuit.RepeatBlock;
import org.qmk.qec.circuit.Target;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ModelInstruction;
import org.qmk.qec.dem.Symptom;

/// Makes the detector error model of a circuit, by one pass from its end to its beginning (Gidney,
/// arXiv:2103.02202, section 4).
public final class ErrorAnalysis {

    private static final double DEPOLARIZE_1_MAX = 3.0 / 4;
    private static final double DEPOLARIZE_2_MAX = 15.0 / 16;

    private final AnalysisOptions options;
    // False while a loop is only looked through for where it repeats itself.
    private final boolean collects;
    private final ErrorClasses classes = new ErrorClasses();
    private final ChannelErrors channels;
    private ReverseTracker tracker;
    private ReversedModel model = new ReversedModel();

    private ErrorAnalysis(AnalysisOptions options, ReverseTracker tracker, boolean collects) {
        this.options = options;
        this.tracker = tracker;
        this.collects = collects;
        channels = new ChannelErrors(classes, options.decompose());
    }

    /// @throws QecFailure if a detector is random, or if the options do not allow what the circuit
    ///     has
    public static DetectorErrorModel of(Circuit circuit, AnalysisOptions options)
            throws QecFailure {
        var analysis = new ErrorAnalysis(options, ReverseTracker.of(circuit), true);
        analysis.undo(circuit);
        for (int q = 0; q < circuit.qubits(); q++) {
            analysis.checkGauge(new int[] {Target.pauli('Z', q)}, "the start of the circuit");
        }
        analysis.flush();
        return analysis.model.forwards();
    }

    private void undo(Circuit circuit) throws QecFailure {
        List<CircuitInstruction> otherwise = new ArrayList<>();
        for (CircuitItem item : circuit.items().reversed()) {
            switch (item) {
                case RepeatBlock block -> {
                    checkNone(otherwise);
                    undo(block);
                }
                case CircuitInstruction instruction -> {
                    if (instruction.gate() == Gate.ELSE_CORRELATED_ERROR) {
                        otherwise.add(instruction);
                    } else if (instruction.gate() == Gate.E) {
                        otherwise.add(instruction);
                        correlated(otherwise.reversed());
                        otherwise.clear();
                    } else {
                        checkNone(otherwise);
                        undo(instruction);
                    }
                }
            }
        }
        checkNone(otherwise);
    }

    private static void checkNone(List<CircuitInstruction> otherwise) throws QecFailure {
        if (otherwise.isEmpty()) return;
        throw new QecFailure(
                QecRule.ELSE, "%s follows no CORRELATED_ERROR".formatted(otherwise.getLast()));
    }

    /// Looks for a turn at which the loop is where it was, with a hare that goes ahead and a
    /// tortoise that follows at half its speed; then jumps.
    private void undo(RepeatBlock block) throws QecFailure {
        Circuit body = block.body();
        if (!options.foldLoops()) {
            for (long turn = 0; turn < block.count(); turn++) undo(body);
            return;
        }
        var plain =
                new AnalysisOptions(
                        false,
                        true,
                        options.allowGauge(),
                        options.disjointChanceMax(),
                        false,
                        false);
        var hare = new ErrorAnalysis(plain, tracker.copy(), false);
        long ahead = 0;
        long behind = 0;
        while (ahead < block.count()) {
            hare.undo(body);
            ahead++;
            if (tracker.equalsShifted(hare.tracker)) break;
            if (ahead % 2 != 0) continue;
            undo(body);
            behind++;
            if (tracker.equalsShifted(hare.tracker)) break;
        }
        if (ahead < block.count()) behind += fold(block, ahead - behind, block.count() - behind);
        for (; behind < block.count(); behind++) undo(body);
    }

    /// Makes a loop of so many turns, which repeats itself after a period, and returns how many
    /// turns it took.
    private long fold(RepeatBlock block, long period, long turns) throws QecFailure {
        long count = turns / period;
        if (count <= 1) return 0;
        Circuit body = block.body();
        flush();
        ReversedModel behind = model;
        model = new ReversedModel();
        long jumped = (count - 1) * period;
        tracker.jump(jumped * body.measurements(), jumped * body.detectors());
        for (long turn = 0; turn < period; turn++) undo(body);
        flush();
        model.shiftTo(period * body.detectors());
        behind.add(count, model, block.tag());
        model = behind;
        return count * period;
    }

    private void flush() throws QecFailure {
        if (options.decompose()) GraphlikeSplit.run(classes, options);
        int[] sorted = classes.sorted();
        for (int i = sorted.length - 1; i >= 0; i--) {
            int id = sorted[i];
            long[] symptoms =
                    Arrays.copyOfRange(classes.pool(), classes.start(id), classes.end(id));
            model.add(ModelInstruction.error(classes.chance(id), classes.tagName(id), symptoms));
        }
        classes.clear();
    }

    private void undo(CircuitInstruction instruction) throws QecFailure {
        switch (instruction.gate().kind()) {
            case UNITARY_1 -> tracker.undoSingles(instruction);
            case UNITARY_2 -> {
                for (int i = 0; i < instruction.targetCount(); i++) {
                    checkLookback(instruction, instruction.target(i));
                }
                tracker.undoPairs(instruction);
            }
            case ROTATION -> {
                for (LetterProduct product : products(instruction).reversed()) {
                    tracker.undoRotation(product.letters());
                }
            }
            case RESET -> {
                for (int i = instruction.targetCount() - 1; i >= 0; i--) reset(instruction, i);
            }
            case MEASURE -> {
                for (int i = instruction.targetCount() - 1; i >= 0; i--) {
                    measure(instruction, letter(instruction, i));
                }
            }
            case MEASURE_RESET -> {
                for (int i = instruction.targetCount() - 1; i >= 0; i--) {
                    reset(instruction, i);
                    measure(instruction, letter(instruction, i));
                }
            }
            case MEASURE_PAIR -> {
                for (int i = instruction.targetCount() - 2; i >= 0; i -= 2) {
                    int first = letter(instruction, i)[0];
                    int second = letter(instruction, i + 1)[0];
                    measure(instruction, new int[] {first, second});
                }
            }
            case MEASURE_PRODUCT -> {
                for (LetterProduct product : products(instruction).reversed()) {
                    measure(instruction, product.letters());
                }
            }
            case PAD -> {
                for (int i = 0; i < instruction.targetCount(); i++) {
                    measure(instruction, new int[0]);
                }
            }
            case NOISE_1, NOISE_2 -> {
                if (collects) noise(instruction);
                else checkDisjoint(instruction);
            }
            case HERALDED -> herald(instruction);
            case DETECTOR -> detector(instruction);
            case OBSERVABLE -> observable(instruction);
            case ANNOTATION -> {
                if (instruction.gate() == Gate.SHIFT_COORDS) {
                    model.add(
                            ModelInstruction.shift(0, instruction.tag(), instruction.arguments()));
                }
            }
            case CORRELATED ->
                    throw new IllegalArgumentException("correlated errors come in blocks");
        }
    }

    private static List<LetterProduct> products(CircuitInstruction instruction) throws QecFailure {
        List<LetterProduct> products = new ArrayList<>();
        int[] targets = instruction.targets();
        for (int at = 0; at < targets.length; ) {
            int end = instruction.productEnd(at);
            products.add(LetterProduct.of(targets, at, end));
            at = end;
        }
        return products;
    }

    private static int[] letter(CircuitInstruction instruction, int i) {
        int q = Target.value(instruction.target(i));
        return new int[] {Target.pauli(instruction.gate().basis(), q)};
    }

    private void reset(CircuitInstruction instruction, int i) throws QecFailure {
        checkGauge(letter(instruction, i), instruction.gate().name());
        int q = Target.value(instruction.target(i));
        tracker.xs[q].clear();
        tracker.zs[q].clear();
    }

    private void measure(CircuitInstruction instruction, int[] letters) throws QecFailure {
        SymptomSet detectors = tracker.takeRecord();
        double chance = instruction.chance();
        if (collects && chance > 0) {
            classes.add(classes.store(detectors, tag(instruction)), chance);
        }
        tracker.multiply(letters, detectors);
        checkGauge(letters, instruction.gate().name());
    }

    private int tag(CircuitInstruction instruction) {
        return classes.tagOf(instruction.tag());
    }

    /// What anticommutes with something that collapses is random, if it is not nothing.
    private void checkGauge(int[] letters, String where) throws QecFailure {
        SymptomSet gauge = tracker.anticommuting(letters);
        if (gauge.isEmpty()) return;
        boolean observable = Symptom.isObservable(gauge.last());
        if (options.allowGauge() && !observable) {
            if (collects) classes.add(classes.store(gauge, 0), 0.5);
            tracker.removeGauge(gauge);
            return;
        }
        var names = new StringBuilder();
        for (int i = 0; i < gauge.size(); i++) names.append(' ').append(Symptom.text(gauge.get(i)));
        throw new QecFailure(
                QecRule.NOT_DETERMINISTIC,
                "%s at qubit %d makes random:%s. Mend the detectors or observables"
                                .formatted(where, Target.value(letters[0]), names)
                        + (observable ? "" : ", or allow random detectors"));
    }

    private void checkLookback(CircuitInstruction instruction, int target) throws QecFailure {
        if (!Target.isRecord(target) || Target.value(target) <= tracker.measurementsBefore) return;
        throw new QecFailure(
                QecRule.LOOKBACK,
                "%s comes after %d measurements and refers to %s"
                        .formatted(
                                instruction.gate(),
                                tracker.measurementsBefore,
                                Target.text(target)));
    }

    private void detector(CircuitInstruction instruction) throws QecFailure {
        tracker.detectorsBefore--;
        long symptom = Symptom.detector(tracker.detectorsBefore);
        for (int i = 0; i < instruction.targetCount(); i++) {
            checkLookback(instruction, instruction.target(i));
            tracker.include(Target.value(instruction.target(i)), symptom);
        }
        model.add(
                ModelInstruction.detector(
                        tracker.detectorsBefore, instruction.tag(), instruction.arguments()));
    }

    private void observable(CircuitInstruction instruction) throws QecFailure {
        long number = (long) instruction.argument(0);
        long symptom = Symptom.observable(number);
        for (int i = 0; i < instruction.targetCount(); i++) {
            int target = instruction.target(i);
            checkLookback(instruction, target);
            if (Target.isRecord(target)) tracker.include(Target.value(target), symptom);
            else tracker.includePauli(target, symptom);
        }
        model.add(ModelInstruction.observable(number, instruction.tag()));
    }

    private SymptomSet flipped(int[] letters) {
        return tracker.anticommuting(letters);
    }

    private void correlated(List<CircuitInstruction> chain) throws QecFailure {
        double left = 1;
        double[] chances = new double[chain.size()];
        for (int i = 0; i < chances.length; i++) {
            double own = chain.get(i).chance();
            chances[i] = own * left;
            left *= 1 - own;
        }
        if (chances.length > 1) checkDisjoint("ELSE_CORRELATED_ERROR", false, chances);
        if (!collects) return;
        for (int i = 0; i < chances.length; i++) {
            CircuitInstruction each = chain.get(i);
            int id = classes.store(flipped(each.targets()), tag(each));
            classes.add(id, chances[i]);
        }
    }

    private void checkDisjoint(CircuitInstruction instruction) throws QecFailure {
        double[] chances = instruction.arguments();
        Gate gate = instruction.gate();
        if (gate == Gate.PAULI_CHANNEL_1) {
            double[] independent = IndependentPaulis.of(chances[0], chances[1], chances[2]);
            if (independent.length == 0) checkDisjoint(gate.name(), true, chances);
        } else if (gate == Gate.PAULI_CHANNEL_2) {
            checkDisjoint(gate.name(), true, chances);
        }
    }

    private void checkDisjoint(String name, boolean oneIsFine, double... chances)
            throws QecFailure {
        int some = 0;
        for (double chance : chances) if (chance > 0) some++;
        if (oneIsFine && some <= 1) return;
        for (double chance : chances) {
            if (chance <= options.disjointChanceMax() && options.disjointChanceMax() > 0) continue;
            throw new QecFailure(
                    QecRule.DISJOINT,
                    "%s has errors that exclude each other, one with the chance %s: allow such"
                                    .formatted(name, chance)
                            + " errors to be taken as independent up to a chance");
        }
    }

    private void noise(CircuitInstruction instruction) throws QecFailure {
        Gate gate = instruction.gate();
        if (gate == Gate.DEPOLARIZE1) depolarize(instruction);
        else if (gate == Gate.DEPOLARIZE2) depolarizePairs(instruction);
        else if (gate == Gate.PAULI_CHANNEL_1) pauliChannel(instruction);
        else if (gate == Gate.PAULI_CHANNEL_2) pauliChannelOfTwo(instruction);
        else if (gate.basis() != 'I') flips(instruction);
    }

    private void flips(CircuitInstruction instruction) {
        int tag = tag(instruction);
        for (int i = 0; i < instruction.targetCount(); i++) {
            int id = classes.store(flipped(letter(instruction, i)), tag);
            classes.add(id, instruction.chance());
        }
    }

    private void depolarize(CircuitInstruction instruction) throws QecFailure {
        checkMixing(instruction, DEPOLARIZE_1_MAX);
        double p = 0.5 - 0.5 * Math.sqrt(1 - 4 * instruction.chance() / 3);
        double[] chances = {0, p, p, p};
        int tag = tag(instruction);
        for (int i = 0; i < instruction.targetCount(); i++) {
            int q = Target.value(instruction.target(i));
            channels.add(chances, false, tag, tracker.xs[q], tracker.zs[q]);
        }
    }

    private void depolarizePairs(CircuitInstruction instruction) throws QecFailure {
        checkMixing(instruction, DEPOLARIZE_2_MAX);
        double p = 0.5 - 0.5 * Math.pow(1 - 16 * instruction.chance() / 15, 0.125);
        double[] chances = new double[16];
        Arrays.fill(chances, 1, 16, p);
        int tag = tag(instruction);
        for (int i = 0; i < instruction.targetCount(); i += 2) {
            int a = Target.value(instruction.target(i));
            int b = Target.value(instruction.target(i + 1));
            channels.add(
                    chances,
                    false,
                    tag,
                    tracker.xs[a],
                    tracker.zs[a],
                    tracker.xs[b],
                    tracker.zs[b]);
        }
    }

    private static void checkMixing(CircuitInstruction instruction, double max) throws QecFailure {
        if (instruction.chance() < max) return;
        throw new QecFailure(
                QecRule.OVER_MIXED,
                "%s mixes by %s, expected less than %s"
                        .formatted(instruction.gate(), instruction.chance(), max));
    }

    /// @param chances of nothing, X, Z and Y
    private void singles(CircuitInstruction instruction, double[] chances, boolean disjoint)
            throws QecFailure {
        for (int i = 0; i < instruction.targetCount(); i++) {
            int q = Target.value(instruction.target(i));
            channels.add(chances, disjoint, tag(instruction), tracker.zs[q], tracker.xs[q]);
        }
    }

    private void pauliChannel(CircuitInstruction instruction) throws QecFailure {
        checkDisjoint(instruction);
        double x = instruction.argument(0);
        double y = instruction.argument(1);
        double z = instruction.argument(2);
        double[] independent = IndependentPaulis.of(x, y, z);
        if (independent.length > 0) {
            double[] chances = {0, independent[0], independent[2], independent[1]};
            singles(instruction, chances, false);
        } else {
            singles(instruction, new double[] {Math.max(0, 1 - x - y - z), x, z, y}, true);
        }
    }

    private void pauliChannelOfTwo(CircuitInstruction instruction) throws QecFailure {
        checkDisjoint(instruction);
        // By bits: X and Z of the second qubit, X and Z of the first.
        double[] chances = new double[16];
        int[] bits = {0, 1, 3, 2};
        double nothing = 1;
        for (int k = 1; k < 16; k++) {
            double chance = instruction.argument(k - 1);
            chances[bits[k & 3] | bits[k >> 2] << 2] = chance;
            nothing -= chance;
        }
        chances[0] = Math.max(0, nothing);
        for (int i = 0; i < instruction.targetCount(); i += 2) {
            int a = Target.value(instruction.target(i));
            int b = Target.value(instruction.target(i + 1));
            channels.add(
                    chances,
                    true,
                    tag(instruction),
                    tracker.zs[b],
                    tracker.xs[b],
                    tracker.zs[a],
                    tracker.xs[a]);
        }
    }

    private void herald(CircuitInstruction instruction) throws QecFailure {
        double[] given = instruction.arguments();
        checkDisjoint(instruction.gate().name(), false, given);
        boolean erase = instruction.gate() == Gate.HERALDED_ERASE;
        double quarter = given[0] / 4;
        double[] paulis = erase ? new double[] {quarter, quarter, quarter, quarter} : given;
        double any = paulis[0] + paulis[1] + paulis[2] + paulis[3];
        double[] chances = {
            Math.max(0, 1 - any), 0, 0, 0, paulis[0], paulis[3], paulis[1], paulis[2]
        };
        for (int i = instruction.targetCount() - 1; i >= 0; i--) {
            int q = Target.value(instruction.target(i));
            SymptomSet herald = tracker.takeRecord();
            if (!collects) continue;
            channels.add(chances, true, tag(instruction), tracker.xs[q], tracker.zs[q], herald);
        }
    }
}
