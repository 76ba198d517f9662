package org.qmk.server.engine;

import java.util.Map;
import org.qmk.kernel.call.WaitCause;

/// Is told what an engine does, to measure it. Nothing here may block or fail.
public interface EngineProbe {

    /// Measures nothing.
    EngineProbe NONE = new EngineProbe() {};

    /// An epoch is closed; in the kernel's thread.
    ///
    /// @param waits jobs that did not do all that they could, by cause
    /// @param nanos that it took, from what was asked to the device's report
    default void closed(EpochView view, Map<WaitCause, Integer> waits, long nanos) {}

    /// It is durable that a job was accepted; in the committer's thread, before its end is told.
    default void accepted(JobRecord record, SubmitTimes times) {}

    /// It is durable that a job ended; in the committer's thread.
    default void ended(JobRecord record) {}

    /// The journal was made durable; in the committer's thread.
    ///
    /// @param epochs that were written since the last time
    default void committed(int epochs, long nanos) {}

    /// Both this one and then the other.
    default EngineProbe and(EngineProbe other) {
        EngineProbe first = this;
        return new EngineProbe() {
            @Override
            public void closed(EpochView view, Map<WaitCause, Integer> waits, long nanos) {
                first.closed(view, waits, nanos);
                other.closed(view, waits, nanos);
            }

            @Override
            public void accepted(JobRecord record, SubmitTimes times) {
                first.accepted(record, times);
                other.accepted(record, times);
            }

            @Override
            public void ended(JobRecord record) {
                first.ended(record);
                other.ended(record);
            }

            @Override
            public void committed(int epochs, long nanos) {
                first.committed(epochs, nanos);
                other.committed(epochs, nanos);
            }
        };
    }
}
