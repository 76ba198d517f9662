package org.qmk.server.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.runtime.Witness;

/// Brings a new simulated device to where the one before it was: it does again what was done with
/// the waves that are not over. Waves that are over left nothing behind, and what factories and
/// links made is in the reports.
///
/// Decoders may be faster or slower than they were. So of each such wave the outcomes that were
/// reported before are left out, however late they come, and those that come early are kept for the
/// next report.
final class DeviceRestart implements Witness, LogicalDevice {

    /// A wave that is not over.
    private static final class Wave {
        final List<EpochPlan> parts = new ArrayList<>();
        final List<EpochReport.Outcome> early = new ArrayList<>();

        /// Outcomes that were reported before and that this device did not tell yet.
        int known;
    }

    private final LogicalDevice device;
    private final TreeMap<JobId, Wave> waves = new TreeMap<>();
    private Optional<EpochPlan> open = Optional.empty();
    private boolean resumed;

    DeviceRestart(LogicalDevice device) {
        this.device = device;
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        for (Notice notice : notices) {
            if (notice instanceof Notice.Planned(var plan)) open = Optional.of(plan);
        }
        if (!(input instanceof Input.Report(var report)) || open.isEmpty()) return;
        // An epoch that is not reported is done as a whole after the restart.
        keep(open.get());
        open = Optional.empty();
        for (EpochReport.Outcome outcome : report.outcomes()) {
            Wave wave = waves.get(outcome.job());
            if (wave != null) wave.known++;
        }
    }

    private void keep(EpochPlan plan) {
        for (JobId job : plan.ends()) waves.remove(job);
        for (EpochPlan.Start start : plan.starts()) {
            waves.put(start.job(), new Wave());
            part(start.job(), plan, List.of(start), List.of(), List.of());
        }
        for (EpochPlan.Move move : plan.moves()) {
            part(move.job(), plan, List.of(), List.of(move), List.of());
        }
        for (EpochPlan.Issue issue : plan.issues()) {
            part(issue.job(), plan, List.of(), List.of(), List.of(issue));
        }
    }

    private void part(
            JobId job,
            EpochPlan plan,
            List<EpochPlan.Start> starts,
            List<EpochPlan.Move> moves,
            List<EpochPlan.Issue> issues) {
        Wave wave = waves.get(job);
        // A wave that the device refused is issued nothing that matters.
        if (wave == null) return;
        var part = new EpochPlan(plan.epoch(), plan.rounds(), starts, moves, issues, List.of());
        wave.parts.add(part);
    }

    /// Does again what was done. From here on the device does what it is told.
    void resume() {
        for (Map.Entry<JobId, Wave> entry : waves.entrySet()) {
            Wave wave = entry.getValue();
            for (EpochPlan part : wave.parts) {
                // Waves that were resumed before may tell what they still owe.
                for (EpochReport.Outcome outcome : device.execute(part).outcomes()) tell(outcome);
            }
            wave.parts.clear();
        }
        resumed = true;
    }

    /// Takes one outcome of a resumed wave: it is known, or early.
    private void tell(EpochReport.Outcome outcome) {
        Wave wave = waves.get(outcome.job());
        if (wave.known > 0) wave.known--;
        else wave.early.add(outcome);
    }

    @Override
    public EpochReport execute(EpochPlan plan) {
        if (!resumed) throw new IllegalStateException("the device is not resumed");
        EpochReport report = device.execute(plan);
        if (waves.isEmpty()) return report;
        for (JobId job : plan.ends()) waves.remove(job);
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        for (EpochReport.Outcome outcome : report.outcomes()) {
            if (waves.containsKey(outcome.job())) tell(outcome);
            else outcomes.add(outcome);
        }
        for (Wave wave : waves.values()) {
            outcomes.addAll(wave.early);
            wave.early.clear();
        }
        waves.values().removeIf(wave -> wave.known == 0);
        return new EpochReport(
                report.epoch(), outcomes, report.faults(), report.supply(), report.signals());
    }
}
