package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.MachineShape;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;

/// A machine: what the kernel must know of it, what its simulation must know besides, and what
/// people want to know.
///
/// @param traits one entry for each factory and link of the shape; without a limit to what the
///     decoders can do, they decode at once
/// @param description one sentence
/// @param profiles code profiles that the machine offers, as programs name them
public record MachineModel(
        MachineShape shape, DeviceTraits traits, String description, List<String> profiles) {

    /// Most states or pairs that one factory or link can make in an epoch.
    public static final int YIELD_MAX = 1 << 16;

    /// The profile of a program that leaves the choice to the machine; empty text is another.
    public static final String ANY_PROFILE = "logical";

    /// The machine that programs run on unless another is named: it makes no program wait. It is
    /// not a data file, so that the common case reads none.
    public static final MachineModel IDEAL =
            new MachineModel(
                    MachineShape.plain("ideal", 1 << 20, 1 << 30, 1),
                    DeviceTraits.NONE,
                    "Room for a million logical qubits that never fail; nothing makes a program"
                            + " wait.",
                    List.of());

    public MachineModel {
        profiles = List.copyOf(profiles);
        if (traits.factoryFailures().size() != shape.factories().size()
                || traits.pipelines().size() != shape.factories().size()
                || traits.linkLosses().size() != shape.links().size()) {
            throw new IllegalArgumentException(
                    "the traits are not those of the machine's factories and links");
        }
        if (traits.latencyRounds() > 0 && !decodersLimited(shape)) {
            throw new IllegalArgumentException(
                    "unlimited decoders have a latency of %d rounds, expected 0"
                            .formatted(traits.latencyRounds()));
        }
        if (traits.farm().isPresent() && !decodersLimited(shape)) {
            throw new IllegalArgumentException(
                    "unlimited decoders are a farm, expected a limit to their rounds");
        }
        for (MachineShape.Factory factory : shape.factories()) most(factory.statesPerEpoch());
        for (MachineShape.Link link : shape.links()) most(link.pairsPerEpoch());
    }

    /// A machine whose factories and links never fail and which decodes at once.
    public MachineModel(MachineShape shape, String description, List<String> profiles) {
        this(shape, DeviceTraits.perfect(shape), description, profiles);
    }

    /// Whether outcomes can be told later than in the epoch that measured them.
    static boolean decodersLimited(MachineShape shape) {
        return shape.rates().decoderRounds() < MachineShape.UNLIMITED;
    }

    private static void most(int perEpoch) {
        if (perEpoch > YIELD_MAX) {
            throw new IllegalArgumentException(
                    "a source makes %d in an epoch, expected at most %d"
                            .formatted(perEpoch, YIELD_MAX));
        }
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
