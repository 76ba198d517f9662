package org.qmk.server.engine;

import java.util.List;
import java.util.function.Consumer;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.machine.SimulatedDevice;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.Witness;
import org.qmk.sim.Simulators;

/// All that follows a kernel, from its journal and while it runs.
final class Followers {

    final Directory directory = new Directory();
    final ChannelBook channels = new ChannelBook(directory);
    final ModeBook modes = new ModeBook();
    final JobBook book = new JobBook(directory.owners);
    final Ledger ledger = new Ledger();
    final DeviceRestart device;
    private final Consumer<JobRecord> archive;
    private final Witness more;

    Followers(EngineSetting setting, Consumer<JobRecord> archive, Witness more) {
        this.archive = archive;
        this.more = more;
        device =
                new DeviceRestart(
                        new SimulatedDevice(
                                Simulators::choose, setting.machine(), EmbeddedKernel.DEVICE_SEED));
    }

    /// What follows a kernel that runs.
    Witness running() {
        return directory.and(channels).and(modes).and(book).and(more);
    }

    /// What follows a kernel that takes its journal in again. Jobs are let go when they end, as
    /// they are while it runs: a journal holds more of them than memory does.
    Witness recovering() {
        return running().and(device).and(this::publish);
    }

    private void publish(Input input, List<Notice> notices) {
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed) publish();
        }
    }

    /// Publishes what changed, which is durable.
    void publish() {
        for (JobRecord record : book.takeChanged()) {
            ledger.put(record);
            if (record.ended()) archive.accept(record);
        }
    }
}
