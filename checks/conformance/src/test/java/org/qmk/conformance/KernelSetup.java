package org.qmk.conformance;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.MachineShape;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Policy;

/// What a script's kernel is started with: the lines `machine`, `factory`, `link`, `limits` and
/// `policy`, each with usual values for what it does not say.
final class KernelSetup {

    private final MachineShape machine;
    private KernelLimits limits = KernelLimits.DEFAULT;
    private Policy policy = Policy.DEFAULT;
    private final List<MachineShape.Factory> factories = new ArrayList<>();
    private final List<MachineShape.Link> links = new ArrayList<>();

    KernelSetup(List<KernelScript.Line> lines) {
        for (KernelScript.Line line : lines) {
            switch (line.verb()) {
                case "factory" ->
                        factories.add(
                                new MachineShape.Factory(
                                        line.number(0, "a rate"), line.number(1, "a buffer")));
                case "link" -> links.add(link(line));
                case "limits" -> limits = limits(line);
                case "policy" -> policy = policy(line);
                case "machine" -> {}
                default -> throw line.wrong("a verb that README.md lists");
            }
        }
        KernelScript.Line line =
                lines.stream().filter(l -> l.verb().equals("machine")).findFirst().orElseThrow();
        machine = machine(line);
    }

    MachineShape machine() {
        return machine;
    }

    KernelLimits limits() {
        return limits;
    }

    Policy policy() {
        return policy;
    }

    private static MachineShape.Link link(KernelScript.Line line) {
        return new MachineShape.Link(
                line.number(0, "a module"),
                line.number(1, "a module"),
                line.number(2, "a rate"),
                line.number(3, "a buffer"),
                Double.parseDouble(line.word(4, "a fidelity")));
    }

    private MachineShape machine(KernelScript.Line line) {
        line.allow(
                "modules",
                "blocks",
                "rounds",
                "operations",
                "lanes",
                "measurements",
                "decoder",
                "rotation");
        int unlimited = MachineShape.UNLIMITED;
        var rates =
                new MachineShape.Rates(
                        (int) line.option("operations", 1000),
                        (int) line.option("lanes", unlimited),
                        (int) line.option("measurements", unlimited),
                        (int) line.option("decoder", unlimited));
        return new MachineShape(
                "script",
                (int) line.option("modules", 1),
                (int) line.option("blocks", 16),
                (int) line.option("rounds", 7),
                rates,
                (int) line.option("rotation", 0),
                factories,
                links);
    }

    private static KernelLimits limits(KernelScript.Line line) {
        line.allow(
                "tenants", "sessions", "capabilities", "channels", "jobs", "shots", "wave", "bits");
        KernelLimits usual = KernelLimits.DEFAULT;
        return new KernelLimits(
                (int) line.option("tenants", usual.tenants()),
                (int) line.option("sessions", usual.sessions()),
                (int) line.option("capabilities", usual.capabilities()),
                (int) line.option("channels", usual.channels()),
                (int) line.option("jobs", usual.jobs()),
                line.option("shots", usual.shots()),
                (int) line.option("wave", usual.waveShots()),
                line.option("bits", usual.waveBits()));
    }

    private static Policy policy(KernelScript.Line line) {
        line.allow(
                "order",
                "partitions",
                "window",
                "passes",
                "patience",
                "retries",
                "lateness",
                "backlog");
        Policy usual = Policy.DEFAULT;
        return new Policy(
                Policy.Order.valueOf(line.options().getOrDefault("order", usual.order().name())),
                (int) line.option("partitions", usual.partitions()),
                (int) line.option("window", usual.window()),
                (int) line.option("passes", usual.passesMax()),
                (int) line.option("patience", usual.patienceEpochs()),
                (int) line.option("retries", usual.retries()),
                (int) line.option("lateness", usual.latenessMax()),
                (int) line.option("backlog", usual.backlogRoundsPerBlock()));
    }
}
