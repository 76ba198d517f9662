package org.qmk.optimizer;

import java.util.List;
import org.qmk.qvm.Graph;

/// A program that was optimised.
///
/// @param graph has the same outputs with the same distribution
/// @param steps what each pass did, in order
public record OptimizedProgram(Graph graph, List<Step> steps) {

    public OptimizedProgram {
        steps = List.copyOf(steps);
    }

    /// One pass over the whole program.
    ///
    /// @param after what the program costs then
    /// @param nanos what the pass took
    public record Step(String title, ProgramFigures after, long nanos) {}
}
