package org.qmk.sim;

import java.util.Optional;

/// A simulator with what is asked before it is chosen.
interface Candidate {

    /// What users call it; never changes.
    String name();

    /// Why it cannot run the program on this machine, if it cannot.
    Optional<Choice.Refused> refusal(StepList steps, NoiseModel noise);

    /// What the program takes. Depends on nothing of this machine.
    ///
    /// @param steps a program that it can run
    Estimate estimate(StepList steps, NoiseModel noise, long shots);

    /// The bytes that what it runs may take on this machine: of the heap, unless it says otherwise.
    ///
    /// @param need what is wanted
    default long bytesMax(long need) {
        return HeapMemory.bytesMax();
    }

    /// As `Simulator.run`.
    ShotOutcomes run(StepList steps, NoiseModel noise, Shots shots);
}
