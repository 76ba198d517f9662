package org.qmk.machine.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.qmk.machine.formula.Formula;
import org.qmk.sim.PauliChannel;

/// A code as a machine uses it. The five fields belong together: change one, and the rates are
/// another profile's.
///
/// @param name what files and commands call it
/// @param costs of a bicycle module's instructions, where there are such
public record CodeProfile(
        String name,
        String description,
        Code code,
        Circuit circuit,
        Decoder decoder,
        Noise noise,
        Unit unit,
        Optional<BicycleCosts> costs) {

    /// @param qubits physical qubits of one patch or block, with those that measure; its variable
    ///     is the distance
    /// @param logicalQubits in one patch or block
    /// @param distanceLeast the distance of a code of one size; 1 of a planar code
    /// @param distanceMost the same, or the largest distance that may be chosen
    public record Code(
            CodeConstruction construction,
            Formula qubits,
            int logicalQubits,
            int distanceLeast,
            int distanceMost,
            String source) {}

    /// How the checks are measured.
    ///
    /// @param nanos of one logical cycle, over `InstructionSet.timeVariables`
    public record Circuit(InstructionSet instructions, Formula nanos, String source) {}

    public record Decoder(String name, String source) {}

    public record Noise(String model, ErrorLaw law, Standing standing, String source) {}

    /// What a rate counts.
    ///
    /// @param cycle how much time
    /// @param of how much of the machine
    /// @param rounds code cycles in a logical cycle; the variable is the distance
    public record Unit(Cycle cycle, Part of, Formula rounds, String source) {}

    /// How far a rate can be trusted.
    public enum Standing {
        PUBLISHED,
        MEASURED,
        /// Extrapolated, or from few events: replace it by a measured one.
        INDICATIVE
    }

    public enum Cycle {
        LOGICAL_CYCLE,
        CODE_CYCLE
    }

    public enum Part {
        LOGICAL_QUBIT,
        BLOCK
    }

    /// The distances that can be chosen, ascending; of a table, those that are in it.
    public List<Integer> distances() {
        if (noise.law instanceof ErrorLaw.Table(var rows)) {
            return rows.stream().map(ErrorLaw.Table.Row::distance).toList();
        }
        List<Integer> distances = new ArrayList<>();
        for (int d = code.distanceLeast; d <= code.distanceMost; d += 2) distances.add(d);
        return distances;
    }

    /// Physical qubits of one patch or block.
    public long qubits(int distance) {
        return (long) code.qubits.value(distance);
    }

    /// The duration of a logical cycle.
    public long cycleNanos(PhysicalQubit qubit, int distance) {
        return Math.round(circuit.nanos.value(qubit.timeValues(distance)));
    }

    /// How often one patch or block fails in one logical cycle, or nothing where the profile does
    /// not say.
    ///
    /// @param p the physical error rate
    public OptionalDouble errorPerCycle(double p, int distance) {
        OptionalDouble rate = noise.law.rate(p, distance);
        if (rate.isEmpty()) return rate;
        double parts =
                switch (unit.of) {
                    case LOGICAL_QUBIT -> code.logicalQubits;
                    case BLOCK -> 1;
                };
        double times =
                switch (unit.cycle) {
                    case LOGICAL_CYCLE -> 1;
                    case CODE_CYCLE -> unit.rounds.value(distance);
                };
        return OptionalDouble.of(Math.min(1, rate.getAsDouble() * parts * times));
    }

    /// What happens to one logical qubit in one logical cycle, or nothing where the profile does
    /// not say. The qubits of a block share its rate. Half of it is X and half is Z: the checks of
    /// the two are decoded apart, and a Y needs both.
    ///
    /// @param p the physical error rate
    public Optional<PauliChannel> errorsPerCycle(double p, int distance) {
        OptionalDouble block = errorPerCycle(p, distance);
        if (block.isEmpty()) return Optional.empty();
        double half = block.getAsDouble() / code.logicalQubits / 2;
        return Optional.of(new PauliChannel(half, 0, half));
    }
}
