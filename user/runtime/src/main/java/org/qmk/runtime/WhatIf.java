package org.qmk.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.device.Planner;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;

/// Gives what tenants and operators asked for in a recorded run, at the same epochs, to another
/// kernel, and measures both.
///
/// What planner and device said is not taken from the journal but made anew, since it belongs to
/// the schedule that was. An input that came while an epoch was open is given after that epoch.
public final class WhatIf {

    /// A kernel that does nothing for so long, while nothing more is asked of it, is given up.
    static final int IDLE_EPOCHS_MAX = 1000;

    private WhatIf() {}

    /// How a run went.
    ///
    /// @param jobs jobs that the kernel accepted
    /// @param refused jobs that it did not
    /// @param completed jobs with all shots done
    /// @param unfinished jobs that had not ended when the run did
    /// @param waits epochs from the first that a job could have run in to the first that it ran in
    /// @param makespan the epoch in which the last job ended
    /// @param fairness Jain's index over tenants of the mean slowdown of their jobs that ended: the
    ///     epochs from acceptance to end, divided by those in which the machine worked on the job
    public record Measures(
            int jobs,
            int refused,
            int completed,
            int unfinished,
            WaitStatistics waits,
            long makespan,
            double fairness) {}

    /// What came of it.
    public sealed interface Result {

        /// @param recordedSetting what the kernel of the journal was made with
        /// @param otherSetting what the other was made with
        /// @param complete whether the journal has its end mark
        record Compared(
                KernelSetting recordedSetting,
                KernelSetting otherSetting,
                Measures recorded,
                Measures other,
                boolean complete)
                implements Result {}

        /// The journal cannot be taken for what happened.
        ///
        /// @param replay how it fails to agree with itself
        record Unsound(Replay.Result replay) implements Result {}
    }

    /// An input that somebody outside wanted.
    ///
    /// @param after the epoch that was closed last
    /// @param accepted the number that a submitted job was given
    private record Cue(long after, Input input, Optional<JobId> accepted) {}

    /// @param change the other kernel's setting, given the recorded one
    /// @throws IOException if the folder has no journal that can be read
    public static Result of(
            Path folder, UnaryOperator<KernelSetting> change, LogicalDevice device, Planner planner)
            throws IOException {
        var recorded = new JobTimes();
        List<Cue> cues = new ArrayList<>();
        Witness script = (input, notices) -> cue(input, notices, recorded).ifPresent(cues::add);
        try (var reader = new JournalReader(folder)) {
            var pass = new JournalPass(reader, EpochRange.ALL, recorded.and(script));
            return switch (pass.run()) {
                case Replay.Result.Agrees agrees -> {
                    KernelSetting setting = pass.setting().orElseThrow();
                    KernelSetting other = change.apply(setting);
                    yield new Result.Compared(
                            setting,
                            other,
                            recorded.measures(),
                            new Run(other.boot(), device, planner).of(cues),
                            agrees.complete());
                }
                case Replay.Result.Differs differs -> new Result.Unsound(differs);
                case Replay.Result.Damaged damaged -> new Result.Unsound(damaged);
            };
        }
    }

    private static Optional<Cue> cue(Input input, List<Notice> notices, JobTimes times) {
        boolean ofTheLoop =
                input instanceof Input.Propose
                        || input instanceof Input.Begin
                        || input instanceof Input.Report;
        return ofTheLoop
                ? Optional.empty()
                : Optional.of(new Cue(times.closed(), input, accepted(notices)));
    }

    private static Optional<JobId> accepted(List<Notice> notices) {
        for (Notice notice : notices) {
            if (notice instanceof Notice.Accepted(var job, long _)) return Optional.of(job);
        }
        return Optional.empty();
    }

    /// The other run.
    private static final class Run {
        private final Kernel kernel;
        private final KernelLoop loop;
        private final JobTimes times = new JobTimes();

        /// By number in the recorded run: the job's number in this one.
        private final TreeMap<JobId, JobId> renumbered = new TreeMap<>();

        Run(Kernel kernel, LogicalDevice device, Planner planner) {
            this.kernel = kernel;
            loop = new KernelLoop(kernel, device, planner);
        }

        Measures of(List<Cue> cues) throws IOException {
            int next = 0;
            int idle = 0;
            while (true) {
                while (next < cues.size() && cues.get(next).after() <= times.closed()) {
                    give(cues.get(next++));
                }
                boolean asked = next < cues.size();
                if (!asked && (kernel.jobsInFlight() == 0 || idle > IDLE_EPOCHS_MAX)) {
                    return times.measures();
                }
                KernelLoop.Epoch epoch = loop.epoch();
                times.told(epoch.notices());
                boolean worked = !epoch.plan().issues().isEmpty();
                idle = worked || asked ? 0 : idle + 1;
            }
        }

        private void give(Cue cue) throws IOException {
            Optional<Input> input = here(cue.input());
            if (input.isEmpty()) return;
            List<Notice> notices = loop.call(input.get());
            times.took(input.get(), notices);
            Optional<JobId> accepted = accepted(notices);
            if (cue.accepted().isPresent() && accepted.isPresent()) {
                renumbered.put(cue.accepted().get(), accepted.get());
            }
        }

        private Optional<JobId> here(JobId recorded) {
            return Optional.ofNullable(renumbered.get(recorded));
        }

        /// The input with the numbers of this run; none if it is about a job that is not here.
        private Optional<Input> here(Input input) {
            return switch (input) {
                case Input.Cancel(var session, var job) ->
                        here(job).map(number -> new Input.Cancel(session, number));
                case Input.Checkpoint(var session, var job) ->
                        here(job).map(number -> new Input.Checkpoint(session, number));
                case Input.Restore(var session, var job) ->
                        here(job).map(number -> new Input.Restore(session, number));
                case Input.Migrate(var session, var job, int module) ->
                        here(job).map(number -> new Input.Migrate(session, number, module));
                case Input.UseChannel(var session, var channel, var job, int qubit) ->
                        here(job)
                                .map(
                                        number ->
                                                new Input.UseChannel(
                                                        session, channel, number, qubit));
                case Input.AddTenant _,
                        Input.SetTenant _,
                        Input.OpenSession _,
                        Input.CloseSession _,
                        Input.Grant _,
                        Input.Derive _,
                        Input.Revoke _,
                        Input.Submit _,
                        Input.OfferChannel _,
                        Input.AcceptChannel _,
                        Input.CloseChannel _,
                        Input.Purify _,
                        Input.Propose _,
                        Input.Begin _,
                        Input.Report _ ->
                        Optional.of(input);
            };
        }
    }
}
