package org.qmk.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qmk.qvm.Graph;

/// The passes by the names that a user gives them.
public enum PassName {
    KNOWN_STATES,
    DEAD_CODE,
    JOINT_MEASUREMENTS,
    EXACT_ANGLES,
    CANCELLATION,
    SINGLE_QUBIT_RUNS,
    PHASE_FOLDING,
    CLIFFORD_RUNS,
    GUARDED_GATES,
    HADAMARD_GATES,
    THREE_QUBIT_GATES,
    LARGE_GATES,
    ROTATION_WORDS,
    FEWEST_T_GATES,
    TOFFOLI_GATES,
    TOFFOLI_PAIRS,
    MEASURED_UNCOMPUTATION,
    EXPANDED_TELEPORTATION,
    CONTRACTED_TELEPORTATION,
    PAULI_PRODUCTS;

    /// How a user calls it: `dead-code`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<PassName> of(String text) {
        for (PassName name : values()) if (name.text().equals(text)) return Optional.of(name);
        return Optional.empty();
    }

    /// The pass, with what the settings say of ancillas, layers and precision.
    GraphPass pass(OptimizerSettings settings) {
        return switch (this) {
            case KNOWN_STATES -> new KnownStates();
            case DEAD_CODE -> new DeadCode();
            case JOINT_MEASUREMENTS -> new JointMeasurements();
            case EXACT_ANGLES -> new OnStretches(new ExactAngles());
            case CANCELLATION -> new OnStretches(new Cancellation());
            case SINGLE_QUBIT_RUNS -> new OnStretches(new SingleQubitRuns());
            case PHASE_FOLDING -> new OnStretches(new PhaseFolding());
            case CLIFFORD_RUNS -> new OnStretches(new CliffordRuns());
            case GUARDED_GATES -> new GuardedGates(ofLevel(OptimizerSettings.LINEAR_LEVEL_MAX));
            case HADAMARD_GATES -> new OnStretches(new HadamardReduction());
            case THREE_QUBIT_GATES -> new OnStretches(new ThreeQubitGates());
            case LARGE_GATES -> new LargeGates();
            case ROTATION_WORDS -> new RotationWords(settings.precision());
            case FEWEST_T_GATES -> new FewestTGates(settings);
            case TOFFOLI_GATES -> new OnStretches(new ToffoliDetection());
            case TOFFOLI_PAIRS -> new OnStretches(new ToffoliPairs());
            case MEASURED_UNCOMPUTATION -> new MeasuredUncomputation();
            case EXPANDED_TELEPORTATION -> new ExpandedTeleportation();
            case CONTRACTED_TELEPORTATION -> new ContractedTeleportation();
            case PAULI_PRODUCTS -> new PauliComputation();
        };
    }

    /// The passes on lists of gates that a level from 1 applies in turn.
    static List<GatePass> ofLevel(int level) {
        List<GatePass> passes = new ArrayList<>();
        passes.add(new Cancellation());
        passes.add(new SingleQubitRuns());
        if (level > 1) {
            passes.add(new PhaseFolding());
            passes.add(new CliffordRuns());
        }
        return passes;
    }

    /// A pass on lists, applied to each stretch of a program.
    private record OnStretches(GatePass pass) implements GraphPass {

        @Override
        public String title() {
            return pass.title();
        }

        @Override
        public Graph apply(Graph graph) {
            Stretches stretches = Stretches.of(graph);
            stretches.change(pass::apply);
            return stretches.graph();
        }
    }
}
