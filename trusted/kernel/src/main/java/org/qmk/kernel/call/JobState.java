package org.qmk.kernel.call;

/// Where a job is. The last three are final.
public enum JobState {
    QUEUED,
    RUNNING,
    /// Its qubits are kept and nothing is done to them.
    PARKED,
    COMPLETED,
    FAILED,
    CANCELLED;

    /// Whether the job has ended.
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING, PARKED -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }
}
