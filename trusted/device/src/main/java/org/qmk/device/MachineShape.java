package org.qmk.device;

/// What the kernel must know of a machine.
///
/// @param name what people call it
/// @param blocks logical qubits that it can hold at once
/// @param operationsPerEpoch logical operations that it can carry out in one epoch
/// @param roundsPerEpoch rounds of stabilizer measurement in one epoch: the code distance
public record MachineShape(String name, int blocks, int operationsPerEpoch, int roundsPerEpoch) {
    public MachineShape {
        atLeastOne("blocks", blocks);
        atLeastOne("operationsPerEpoch", operationsPerEpoch);
        atLeastOne("roundsPerEpoch", roundsPerEpoch);
    }

    private static void atLeastOne(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " is " + value + ", expected 1 or more");
        }
    }
}
