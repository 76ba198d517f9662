package org.qmk.sim;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;
import org.qmk.sim.BranchOracle.Dense;

/// The exact distribution of a small noisy program's events: one density matrix for each history of
/// events, every channel as the sum over its Kraus operators. The errors are those of the list, so
/// it says what they do and not where they belong.
final class NoiseOracle {

    private final StepList steps;
    private final NoiseList noise;
    private final int slots;
    private Map<BitSet, Density> histories = new HashMap<>();

    /// A density matrix as a vector over twice as many slots: row bits first. Slot 0 is the most
    /// significant bit.
    private record Density(double[] re, double[] im) {

        static Density zero(int slots) {
            return new Density(new double[1 << 2 * slots], new double[1 << 2 * slots]);
        }

        void add(Density other, double factor) {
            for (int i = 0; i < re.length; i++) {
                re[i] += factor * other.re[i];
                im[i] += factor * other.im[i];
            }
        }

        double trace(int slots) {
            double trace = 0;
            for (int i = 0; i < 1 << slots; i++) trace += re[i << slots | i];
            return trace;
        }

        /// K rho K^dagger
        Density with(Dense kraus, int slots, int... places) {
            Density half = zero(slots);
            kraus.apply(places, 2 * slots, re, im, half.re, half.im);
            int[] columns = new int[places.length];
            for (int i = 0; i < places.length; i++) columns[i] = slots + places[i];
            int n = kraus.re().length;
            double[][] minus = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) minus[i][j] = -kraus.im()[i][j];
            }
            Density whole = zero(slots);
            new Dense(kraus.re(), minus)
                    .apply(columns, 2 * slots, half.re, half.im, whole.re, whole.im);
            return whole;
        }
    }

    private NoiseOracle(StepList steps, NoiseList noise) {
        this.steps = steps;
        this.noise = noise;
        slots = steps.slotsPeak();
        Density start = Density.zero(slots);
        start.re[0] = 1;
        histories.put(new BitSet(), start);
    }

    /// Chances of event strings: one character per event of the graph, in the order of its table.
    static Map<String, Double> distribution(StepList steps, NoiseList noise) {
        var oracle = new NoiseOracle(steps, noise);
        for (int step = 0; step < steps.size(); step++) oracle.step(step);
        Map<String, Double> distribution = new TreeMap<>();
        oracle.histories.forEach(
                (events, density) -> {
                    var text = new StringBuilder();
                    for (int i = 0; i < steps.graph().events().size(); i++) {
                        text.append(events.get(i) ? '1' : '0');
                    }
                    distribution.put(text.toString(), density.trace(oracle.slots));
                });
        return distribution;
    }

    private void step(int step) {
        Map<BitSet, Density> before = histories;
        histories = new HashMap<>();
        before.forEach(
                (events, density) -> {
                    var bits = new EventBits(steps.graph().events().size());
                    events.stream().forEach(event -> bits.set(event, true));
                    if (bits.holds(steps.guard(step))) happen(step, bits, density);
                    else add(bits, density);
                });
        for (int error = noise.start(step); error < noise.end(step); error++) {
            boolean own = error < noise.ownEnd(step);
            before = histories;
            histories = new HashMap<>();
            int number = error;
            before.forEach(
                    (events, density) -> {
                        var bits = new EventBits(steps.graph().events().size());
                        events.stream().forEach(event -> bits.set(event, true));
                        if (own && !bits.holds(steps.guard(step))) add(bits, density);
                        else disturb(number, bits, density);
                    });
        }
    }

    private void add(EventBits bits, Density density) {
        var events = new BitSet();
        for (int i = 0; i < steps.graph().events().size(); i++) events.set(i, bits.get(i));
        histories.computeIfAbsent(events, _ -> Density.zero(slots)).add(density, 1);
    }

    private int[] slotsOf(int step) {
        int[] places = new int[steps.slotEnd(step) - steps.slotStart(step)];
        for (int i = 0; i < places.length; i++) places[i] = steps.slot(step, i);
        return places;
    }

    private PauliString product(int step) {
        var text = new StringBuilder(steps.isNegative(step) ? "-" : "");
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            text.append(steps.hasX(i) ? steps.hasZ(i) ? 'Y' : 'X' : 'Z');
        }
        return PauliString.of(text.toString());
    }

    private void happen(int step, EventBits bits, Density density) {
        Act act = steps.act(step);
        int[] places = slotsOf(step);
        switch (act) {
            case ALLOC -> add(bits, density);
            case FREE, RESET -> add(bits, zeroed(density, places[0]));
            case MEASURE -> measure(step, bits, density, Dense.pauli(product(step)), places);
            case MEASURE_ANGLE -> {
                Dense axis = Dense.zero(2);
                axis.re()[0][0] = Math.cos(steps.angle(step));
                axis.re()[1][1] = -Math.cos(steps.angle(step));
                axis.re()[0][1] = axis.re()[1][0] = Math.sin(steps.angle(step));
                measure(step, bits, density, axis, places);
            }
            case PAULI -> {
                boolean applies = bits.applies(steps.graph(), steps.node(step));
                Dense pauli = Dense.pauli(product(step));
                add(bits, applies ? density.with(pauli, slots, places) : density);
            }
            case ROTATE -> {
                Dense rotation = Dense.rotation(product(step), steps.angle(step));
                add(bits, density.with(rotation, slots, places));
            }
            case EVENT_CONST, EVENT_NOT, EVENT_XOR, EVENT_AND, EVENT_OR, EVENT_SELECT -> {
                bits.evaluate(steps, step);
                add(bits, density);
            }
            default -> {
                var matrix = (Matrix.Fixed) Opcode.valueOf("APPLY_" + act).matrix();
                add(bits, density.with(Dense.of(matrix), slots, places));
            }
        }
    }

    private void measure(int step, EventBits bits, Density density, Dense axis, int[] places) {
        for (boolean one : new boolean[] {false, true}) {
            bits.set(steps.event(step), one);
            add(bits, density.with(axis.projector(one ? -1 : 1), slots, places));
        }
    }

    private Density zeroed(Density density, int slot) {
        Density sum = Density.zero(slots);
        for (int column = 0; column < 2; column++) {
            Dense take = Dense.zero(2);
            take.re()[0][column] = 1;
            sum.add(density.with(take, slots, slot), 1);
        }
        return sum;
    }

    private void disturb(int error, EventBits bits, Density density) {
        int first = noise.first(error);
        double chance = noise.chance(error);
        switch (noise.kind(error)) {
            case FLIP -> {
                add(bits, scaled(density, 1 - chance));
                bits.set(first, !bits.get(first));
                add(bits, scaled(density, chance));
            }
            case PAULI -> {
                PauliChannel channel = noise.channel(error);
                Density sum = scaled(density, 1 - channel.any());
                sum.add(density.with(Dense.letter('X'), slots, first), channel.x());
                sum.add(density.with(Dense.letter('Y'), slots, first), channel.y());
                sum.add(density.with(Dense.letter('Z'), slots, first), channel.z());
                add(bits, sum);
            }
            case DEPOLARIZE_2 -> {
                Density sum = scaled(density, 1 - chance);
                for (char a : "IXYZ".toCharArray()) {
                    for (char b : "IXYZ".toCharArray()) {
                        if (a == 'I' && b == 'I') continue;
                        Dense both = Dense.letter(a).tensor(Dense.letter(b));
                        sum.add(density.with(both, slots, first, noise.second(error)), chance / 15);
                    }
                }
                add(bits, sum);
            }
            case PATCH -> throw new IllegalArgumentException("somebody else draws it");
            case DECAY -> {
                Dense stays = Dense.zero(2);
                stays.re()[0][0] = 1;
                stays.re()[1][1] = Math.sqrt(1 - chance);
                Dense decays = Dense.zero(2);
                decays.re()[0][1] = Math.sqrt(chance);
                Density sum = density.with(stays, slots, first);
                sum.add(density.with(decays, slots, first), 1);
                add(bits, sum);
            }
        }
    }

    private Density scaled(Density density, double factor) {
        Density result = Density.zero(slots);
        result.add(density, factor);
        return result;
    }
}
