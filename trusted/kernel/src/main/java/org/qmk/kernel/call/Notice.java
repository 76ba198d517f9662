package org.qmk.kernel.call;

import org.qmk.device.EpochPlan;
import org.qmk.device.JobId;

/// What the kernel says after a step.
public sealed interface Notice {

    record TenantAdded(TenantId tenant) implements Notice {}

    record SessionOpened(SessionId session) implements Notice {}

    record Granted(CapabilityHandle handle) implements Notice {}

    record Revoked(CapabilityHandle handle) implements Notice {}

    record Accepted(JobId job) implements Notice {}

    /// The input changed nothing.
    ///
    /// @param fact what the refusal is about: a number or the name of a capability
    record Refused(Refusal refusal, String fact) implements Notice {
        public String message() {
            return refusal.code() + ": " + refusal.message(fact);
        }
    }

    /// @param cause `NONE` unless the state is final
    record JobChanged(JobId job, JobState state, EndCause cause) implements Notice {}

    /// An epoch is over.
    ///
    /// @param digest SHA-256 in hexadecimal over all decisions so far and the state
    record EpochClosed(long epoch, String digest) implements Notice {}

    /// An epoch begins: what the device does in it.
    record Planned(EpochPlan plan) implements Notice {}
}
