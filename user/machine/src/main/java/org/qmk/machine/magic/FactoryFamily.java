package org.qmk.machine.magic;

import java.util.List;
import java.util.Optional;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.PhysicalQubit;

/// The kinds of factories that an estimate can take its states from.
public enum FactoryFamily {
    /// Azure's rounds of distillation units.
    PIPELINES("pipelines"),
    /// One and two levels with distances of their own for X, Z and time; see `LitinskiFactory`.
    LITINSKI("litinski"),
    /// CCZ states, two T states from each where these are needed; see `CczFactory`.
    CCZ("ccz"),
    /// Tries in place; see `Cultivation`.
    CULTIVATION("cultivation");

    /// T states that stand for a CCZ gate where there are T states only.
    private static final int T_PER_CCZ = 4;

    private final String word;

    FactoryFamily(String word) {
        this.word = word;
    }

    /// What files and commands call it.
    public String word() {
        return word;
    }

    public static Optional<FactoryFamily> named(String word) {
        for (FactoryFamily family : values()) {
            if (family.word.equals(word)) return Optional.of(family);
        }
        return Optional.empty();
    }

    /// States of the kind that the factories make.
    public long states(StateNeeds needs) {
        return switch (this) {
            case PIPELINES, LITINSKI, CULTIVATION ->
                    Math.addExact(
                            needs.tStates(), Math.multiplyExact(T_PER_CCZ, needs.cczStates()));
            case CCZ -> CczFactory.states(needs.tStates(), needs.cczStates());
        };
    }

    /// The factories of this family that are good enough and worth choosing from, by falling number
    /// of qubits; none of `PIPELINES`, which `PipelineSearch` finds.
    ///
    /// @param profile of the code that they run on, a planar one: its code cycle is theirs
    /// @param required the largest error of a state
    public List<StateFactory> find(
            CodeProfile profile, PhysicalQubit qubit, StateNeeds needs, double required) {
        double nanos = codeCycleNanos(profile, qubit);
        return switch (this) {
            case PIPELINES -> List.of();
            case LITINSKI -> new LitinskiSearch(qubit.error(), nanos, required).find();
            case CCZ -> CczFactory.find(qubit.error(), nanos, needs, required);
            case CULTIVATION ->
                    Cultivation.cheapest(qubit.error(), required)
                            .map(way -> List.<StateFactory>of(way.factory(nanos)))
                            .orElse(List.of());
        };
    }

    /// The duration of one round of stabilizer measurement.
    private static double codeCycleNanos(CodeProfile profile, PhysicalQubit qubit) {
        int distance = profile.code().distanceMost();
        double rounds = profile.unit().rounds().value(distance);
        return profile.cycleNanos(qubit, distance) / rounds;
    }
}
