package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.EpochReport;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.runtime.KernelSetting;

/// Feeds the inputs of a run to new kernels: as they were, which must give the same digests, and
/// with one outcome changed, which must give another digest in that very epoch.
final class RepeatedRun {

    private final KernelSetting setting;
    private final List<Input> inputs;
    private final List<String> digests;
    private final Dice dice;

    RepeatedRun(KernelSetting setting, List<Input> inputs, List<String> digests, Dice dice) {
        this.setting = setting;
        this.inputs = inputs;
        this.digests = digests;
        this.dice = dice;
    }

    void check() {
        List<String> again = digests(inputs);
        LawBroken.unless(
                again.equals(digests), Law.DIGEST_COVERS, "the same inputs give other digests");
        List<Integer> reports = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) instanceof Input.Report(var report) && !report.outcomes().isEmpty()) {
                reports.add(i);
            }
        }
        for (int tries = 0; tries < 3 && !reports.isEmpty(); tries++) {
            int at = reports.get(dice.below(reports.size()));
            EpochReport report = ((Input.Report) inputs.get(at)).report();
            int epoch = (int) report.epoch();
            if (epoch > digests.size()) continue;
            List<Input> changed = new ArrayList<>(inputs.subList(0, at));
            changed.add(new Input.Report(flipped(report)));
            List<String> other = digests(changed);
            LawBroken.unless(
                    other.size() < epoch || !other.get(epoch - 1).equals(digests.get(epoch - 1)),
                    Law.DIGEST_COVERS,
                    "another outcome in epoch " + epoch + " gives the same digest");
        }
    }

    private EpochReport flipped(EpochReport report) {
        List<EpochReport.Outcome> outcomes = new ArrayList<>(report.outcomes());
        int place = dice.below(outcomes.size());
        EpochReport.Outcome outcome = outcomes.get(place);
        long[] plane = outcome.plane();
        plane[0] ^= 1;
        outcomes.set(place, new EpochReport.Outcome(outcome.job(), outcome.event(), plane));
        return new EpochReport(
                report.epoch(), outcomes, report.faults(), report.supply(), report.signals());
    }

    private List<String> digests(List<Input> fed) {
        Kernel kernel = setting.boot();
        List<String> found = new ArrayList<>();
        for (Input input : fed) {
            for (Notice notice : kernel.step(input)) {
                if (notice instanceof Notice.EpochClosed closed) found.add(closed.digest());
            }
        }
        return found;
    }
}
