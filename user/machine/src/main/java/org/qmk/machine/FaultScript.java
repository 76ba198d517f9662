package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.MachineShape;

/// Which faults there are in which epoch: a function of the seed, the mix and the machine.
public final class FaultScript {

    private static final int BEGINS = 16;
    private static final int DETAILS = 32;

    /// The least severity of a fault that has one.
    private static final int SEVERITY_MIN = 400;

    /// A fault in one epoch.
    ///
    /// @param subject number of the module, link or factory, else 0
    /// @param age epochs since it began
    /// @param permille how bad it is in this epoch
    /// @param bits random bits of this fault and epoch
    public record Active(FaultKind kind, int subject, int age, int permille, long bits) {}

    private final long seed;
    private final FaultMix mix;
    private final MachineShape shape;

    public FaultScript(long seed, FaultMix mix, MachineShape shape) {
        this.seed = seed;
        this.mix = mix;
        this.shape = shape;
    }

    /// The faults of an epoch, in the order of the mix, the older first.
    ///
    /// @param epoch 1 or more
    public List<Active> at(long epoch) {
        List<Active> faults = new ArrayList<>();
        for (FaultMix.Rate rate : mix.rates()) {
            int subjects = rate.kind().subjects(shape);
            if (subjects == 0) continue;
            int purpose = rate.kind().ordinal();
            for (int age = rate.epochs() - 1; age >= 0; age--) {
                if (age >= epoch) continue;
                long begun = epoch - age;
                long chance = Draw.bits(seed, BEGINS + purpose, begun, 0);
                if (Draw.below(chance, 1_000_000) >= rate.perMillion()) continue;
                long details = Draw.bits(seed, DETAILS + purpose, begun, 0);
                faults.add(
                        new Active(
                                rate.kind(),
                                Draw.below(details, subjects),
                                age,
                                severity(rate, age, (int) details),
                                Draw.bits(seed, DETAILS + purpose, epoch, begun)));
            }
        }
        return faults;
    }

    /// Drift rises to its peak at half time and falls; half of all other faults are as bad as can
    /// be, and none changes.
    private static int severity(FaultMix.Rate rate, int age, int bits) {
        boolean worst = bits < 0;
        int some = SEVERITY_MIN + (bits & 0xFFFF) % (1001 - SEVERITY_MIN);
        int peak = worst ? 1000 : some;
        if (rate.kind() != FaultKind.DRIFT) return peak;
        int fromEnd = Math.min(age + 1, rate.epochs() - age);
        return peak * 2 * fromEnd / (rate.epochs() + 1);
    }
}
