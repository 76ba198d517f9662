package org.qmk.qec.generate;

/// The noise of a circuit whose layers are divided by ticks.
///
/// @param single depolarization behind a gate on one qubit
/// @param pair depolarization behind a gate on two
/// @param idle depolarization of a qubit that nothing is done to in a layer
/// @param idleWhileRead the same in a layer that measures or resets other qubits, on top
/// @param measure flip before a measurement
/// @param reset flip behind a reset
public record LayerNoise(
        double single,
        double pair,
        double idle,
        double idleWhileRead,
        double measure,
        double reset) {

    /// Everything has the same chance.
    public static LayerNoise uniform(double chance) {
        return new LayerNoise(chance, chance, chance, 0, chance, chance);
    }

    /// Superconducting qubits (Gidney, Newman, Fowler and Broughton, arXiv:2108.10457, table 1).
    public static LayerNoise superconducting(double chance) {
        return new LayerNoise(chance / 10, chance, chance / 10, 2 * chance, 5 * chance, 2 * chance);
    }
}
