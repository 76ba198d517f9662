package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.MachineShape;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;

/// A machine: what the kernel must know of it, and what people want to know.
///
/// @param description one sentence
/// @param profiles code profiles that the machine offers, as programs name them
public record MachineModel(MachineShape shape, String description, List<String> profiles) {

    /// The profile of a program that leaves the choice to the machine; empty text is another.
    public static final String ANY_PROFILE = "logical";

    /// The machine that programs run on unless another is named: it makes no program wait. It is
    /// not a data file, so that the common case reads none.
    public static final MachineModel IDEAL =
            new MachineModel(
                    new MachineShape("ideal", 1 << 20, 1 << 30, 1),
                    "Room for a million logical qubits that never fail; nothing makes a program"
                            + " wait.",
                    List.of());

    public MachineModel {
        profiles = List.copyOf(profiles);
    }

    public String name() {
        return shape.name();
    }

    /// One warning for each profile that the graph asks for and this machine does not have. A
    /// profile is a hint: such a program runs on what the machine has.
    public List<String> warnings(Graph graph) {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < graph.argumentCount(); i++) {
            if (!(graph.argumentAt(i) instanceof Argument.Profile(var wanted))) continue;
            boolean anyWillDo = wanted.isEmpty() || wanted.equals(ANY_PROFILE);
            if (anyWillDo || profiles.contains(wanted)) continue;
            String offered = profiles.isEmpty() ? "ideal qubits" : String.join(", ", profiles);
            warnings.add(
                    "the profile %s is not available on machine %s; used instead: %s"
                            .formatted(wanted, name(), offered));
        }
        return warnings;
    }
}
