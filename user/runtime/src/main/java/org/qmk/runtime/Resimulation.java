package org.qmk.runtime;

import java.util.List;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.LogicalDevice;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;

/// Gives a device the plans of a replayed run and compares what it says with what the journal says.
/// After a recovery the device is where it was before the crash.
public final class Resimulation implements Witness {

    /// The first report that is not the same.
    public record Difference(long epoch, String recorded, String simulated) {}

    private final LogicalDevice device;
    private final EpochRange range;
    private Optional<EpochPlan> open = Optional.empty();
    private Optional<Difference> difference = Optional.empty();
    private long compared;

    /// @param range the epochs whose reports are compared; the device carries out all before too
    public Resimulation(LogicalDevice device, EpochRange range) {
        this.device = device;
        this.range = range;
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        for (Notice notice : notices) {
            if (notice instanceof Notice.Planned(var plan)) open = Optional.of(plan);
            if (notice instanceof Notice.EpochClosed && input instanceof Input.Report(var report)) {
                compare(report);
            }
        }
    }

    /// The first epoch in the range whose report is not what the device says now.
    public Optional<Difference> difference() {
        return difference;
    }

    /// Reports that were compared, up to the first that is not the same.
    public long compared() {
        return compared;
    }

    private void compare(EpochReport recorded) {
        if (difference.isPresent() || open.isEmpty()) return;
        EpochReport simulated = device.execute(open.get());
        open = Optional.empty();
        if (!range.contains(recorded.epoch())) return;
        compared++;
        if (simulated.equals(recorded)) return;
        difference =
                Optional.of(
                        new Difference(
                                recorded.epoch(),
                                RecordText.of(recorded),
                                RecordText.of(simulated)));
    }
}
