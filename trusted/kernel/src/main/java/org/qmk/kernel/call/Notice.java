package org.qmk.kernel.call;

import org.qmk.device.*;

/// What the kernel says after a step.
public sealed interface Notice {

    record TenantAdded(TenantId tenant) implements Notice {}

    record TenantSet(TenantId tenant) implements Notice {}

    record SessionOpened(SessionId session) implements Notice {}

    record SessionClosed(SessionId session) implements Notice {}

    /// @param session who holds it
    record Granted(SessionId session, CapabilityHandle handle) implements Notice {}

    record Revoked(CapabilityHandle handle) implements Notice {}

    /// @param ticket the job's number among those of its tenant: all that its tenant is told
    record Accepted(JobId job, long ticket) implements Notice {}

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

    /// A job is asked to move, or a wave to make room or to be rolled back.
    ///
    /// @param what in one word
    record JobHandled(JobId job, String what) implements Notice {}

    record ChannelChanged(ChannelId channel, ChannelState state) implements Notice {}

    /// Qubits of two jobs are entangled over a channel.
    ///
    /// @param pairs what is left of the channel's budget
    record Entangled(ChannelId channel, long pairs) implements Notice {}

    /// A condition of the machine is taken more, or less, seriously.
    record ModeChanged(Condition condition, int subject, int level) implements Notice {}

    /// An epoch is over.
    ///
    /// @param digest SHA-256 in hexadecimal over all decisions so far and the state
    /// @param record what the audit log keeps
    record EpochClosed(long epoch, String digest, EpochRecord record) implements Notice {}

    /// An epoch begins: what the device does in it.
    record Planned(EpochPlan plan) implements Notice {}
}
