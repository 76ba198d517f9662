package org.qmk.estimate;

import org.qmk.device.MachineShape;

/// The machine that an estimate assumes, as a machine file: the same assumptions, for a run through
/// the kernel.
///
/// A cycle is an epoch, a patch a block, and one operation is done at a time. The factories are the
/// estimate's, each of which makes the states of a run when the run ends; what two runs of all of
/// them make is kept.
public final class EstimatedMachine {

    private static final int COPIES_MAX = 1 << 12;
    private static final int STATES_MAX = 1 << 16;

    private EstimatedMachine() {}

    /// @param ideal whether magic states make nothing wait
    /// @throws IllegalArgumentException if no machine file can say it
    public static String yaml(ResourceEstimate estimate, boolean ideal) {
        long states = estimate.tPerRotation().orElse(0);
        var text = new StringBuilder();
        text.append("name: estimated\n");
        text.append(
                "description: What an estimate assumes of %d logical qubits at distance %d.\n"
                        .formatted(estimate.counts().numQubits(), estimate.qubit().distance()));
        text.append("modules: 1\n");
        text.append("blocksPerModule: %d\n".formatted(estimate.patches()));
        text.append("roundsPerEpoch: %d\n".formatted(estimate.qubit().distance()));
        text.append("rates:\n  operations: 1\n  lanes: unlimited\n  measurements: unlimited\n");
        text.append("  decoderRounds: unlimited\n");
        text.append("statesPerRotation: %d\n".formatted(states));
        text.append("times:\n  cliffords: 0\n  rotationTail: %d\n  ccz: 3\n".formatted(states));
        text.append("profiles: []\n");
        if (!ideal) estimate.magic().ifPresent(magic -> factories(estimate, magic, text));
        return text.toString();
    }

    private static void factories(
            ResourceEstimate estimate, ResourceEstimate.Magic magic, StringBuilder text) {
        if (estimate.tStates() != estimate.counts().tStates(estimate.budget().rotations())) {
            throw new IllegalArgumentException(
                    "the estimate's factories make no T states, which a machine's factories do."
                            + " Take others");
        }
        long perRun = magic.factory().outputs();
        long distance = estimate.qubit().distance();
        long cycle = estimate.qubit().cycleNanos();
        long rounds = Math.ceilDiv(magic.factory().runNanos() * distance, cycle);
        long kept = 2 * magic.copies() * perRun;
        long most = Math.max(4, estimate.tPerRotation().orElse(0));
        text.append("factories:\n");
        for (long left = magic.copies(); left > 0; left -= COPIES_MAX) {
            long copies = Math.min(left, COPIES_MAX);
            // All copies end their runs together; several of a short run do in an epoch.
            long inEpoch = copies * perRun * Math.max(1, Math.ceilDiv(distance, rounds));
            long buffer = Math.max(most, Math.ceilDiv(kept * copies, magic.copies()));
            if (inEpoch > STATES_MAX || buffer > MachineShape.UNLIMITED) {
                throw new IllegalArgumentException(
                        "%d states in an epoch are more than a machine file can say"
                                .formatted(inEpoch));
            }
            text.append("  - statesPerEpoch: %d\n".formatted(inEpoch));
            text.append("    buffer: %d\n".formatted(buffer));
            text.append("    pipeline:\n      copies: %d\n      levels:\n".formatted(copies));
            text.append("        - units: 1\n          inputs: 0\n");
            text.append("          outputs: %d\n".formatted(perRun));
            text.append("          rounds: %d\n".formatted(rounds));
            text.append("          failure: 0\n");
            text.append("          buffer: %d\n".formatted(perRun));
        }
    }
}
