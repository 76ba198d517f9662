package org.qmk.runtime;

import java.util.ArrayList;
import java.util.List;
import org.qmk.codec.ByteReader;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.device.TileFloor;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Policy;
import org.qmk.qvm.ByteWriter;

/// The bytes of what a kernel is made with: machine, limits, policy. The layout is in
/// docs/spec/journal.md.
final class SettingRecord {

    /// Comes before a part that not every machine has.
    private static final int FLOOR = 1;

    private SettingRecord() {}

    static void write(KernelSetting setting, ByteWriter out) {
        MachineShape machine = setting.machine();
        out.text(machine.name()).uint(machine.modules()).uint(machine.blocksPerModule());
        out.uint(machine.roundsPerEpoch()).uint(machine.rates().operations());
        out.uint(machine.rates().lanes()).uint(machine.rates().measurements());
        out.uint(machine.rates().decoderRounds()).uint(machine.statesPerRotation());
        out.uint(machine.factories().size());
        for (MachineShape.Factory factory : machine.factories()) {
            out.uint(factory.statesPerEpoch()).uint(factory.buffer());
        }
        out.uint(machine.links().size());
        for (MachineShape.Link link : machine.links()) {
            out.uint(link.from()).uint(link.to()).uint(link.pairsPerEpoch());
            out.uint(link.buffer()).real(link.fidelity());
        }
        OperationTimes times = machine.times();
        out.uint(times.cliffords()).uint(times.rotationTail()).uint(times.ccz());
        KernelLimits limits = setting.limits();
        out.uint(limits.tenants()).uint(limits.sessions()).uint(limits.capabilities());
        out.uint(limits.channels()).uint(limits.jobs()).uint(limits.shots());
        out.uint(limits.waveShots()).uint(limits.waveBits());
        Policy policy = setting.policy();
        out.uint(policy.order().ordinal()).uint(policy.partitions()).uint(policy.window());
        out.uint(policy.passesMax()).uint(policy.patienceEpochs()).uint(policy.retries());
        out.uint(policy.latenessMax()).uint(policy.backlogRoundsPerBlock());
        if (machine.floor().isNone()) return;
        out.u8(FLOOR).uint(machine.floor().rows().size());
        for (String row : machine.floor().rows()) out.text(row);
    }

    static KernelSetting read(ByteReader in) throws ByteReader.Malformed {
        int at = in.position();
        try {
            MachineShape machine = machine(in);
            var limits =
                    new KernelLimits(
                            int31(in),
                            int31(in),
                            int31(in),
                            int31(in),
                            int31(in),
                            in.uint(Long.MAX_VALUE),
                            int31(in),
                            in.uint(Long.MAX_VALUE));
            var order = Policy.Order.values()[(int) in.uint(Policy.Order.values().length - 1)];
            var policy =
                    new Policy(
                            order, int31(in), int31(in), int31(in), int31(in), int31(in), int31(in),
                            int31(in));
            return new KernelSetting(withFloor(machine, in), limits, policy);
        } catch (IllegalArgumentException outOfRange) {
            throw new ByteReader.Malformed(at, "a machine, limits and a policy");
        }
    }

    private static MachineShape machine(ByteReader in) throws ByteReader.Malformed {
        String name = in.text();
        int modules = int31(in);
        int blocks = int31(in);
        int rounds = int31(in);
        var rates = new MachineShape.Rates(int31(in), int31(in), int31(in), int31(in));
        int states = int31(in);
        int factoryCount = in.count(2);
        List<MachineShape.Factory> factories = new ArrayList<>();
        for (int i = 0; i < factoryCount; i++) {
            factories.add(new MachineShape.Factory(int31(in), int31(in)));
        }
        int linkCount = in.count(12);
        List<MachineShape.Link> links = new ArrayList<>();
        for (int i = 0; i < linkCount; i++) {
            int from = int31(in);
            int to = int31(in);
            int pairs = int31(in);
            int buffer = int31(in);
            double fidelity = Double.longBitsToDouble(in.u64());
            links.add(new MachineShape.Link(from, to, pairs, buffer, fidelity));
        }
        var times = new OperationTimes(int31(in), int31(in), int31(in));
        return new MachineShape(
                name, modules, blocks, rounds, rates, states, factories, links, times);
    }

    private static MachineShape withFloor(MachineShape machine, ByteReader in)
            throws ByteReader.Malformed {
        if (in.remaining() == 0) return machine;
        int at = in.position();
        if (in.u8() != FLOOR) throw new ByteReader.Malformed(at, "a floor of tiles");
        int count = in.count(1);
        if (count == 0) throw new ByteReader.Malformed(at, "a floor with rows");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) rows.add(in.text());
        return machine.on(new TileFloor(rows));
    }

    private static int int31(ByteReader in) throws ByteReader.Malformed {
        return (int) in.uint(Integer.MAX_VALUE);
    }
}
