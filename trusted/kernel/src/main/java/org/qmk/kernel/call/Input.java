package org.qmk.kernel.call;

import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.qvm.Capability;
import org.qmk.verifier.Verified;

/// Everything that can happen to the kernel. The sequence of inputs is the journal, and every input
/// can be written there: numbers are 0 or more, which the constructors of their types see to.
public sealed interface Input {

    /// An operator's command.
    ///
    /// @param name unique among tenants; the kernel never repeats it to others
    record AddTenant(String name, Quotas quotas) implements Input {}

    /// An operator's command.
    record OpenSession(TenantId tenant) implements Input {}

    /// An operator's command: gives a session a capability.
    record Grant(SessionId session, Capability capability) implements Input {}

    /// Takes a capability back; jobs that need it fail at the next epoch.
    record Revoke(SessionId session, CapabilityHandle handle) implements Input {}

    record Submit(SessionId session, Verified program, JobPolicy policy) implements Input {}

    record Cancel(SessionId session, JobId job) implements Input {}

    /// A planner's proposal for the wave that the kernel wants to begin next.
    record Propose(JobId job, Placement placement) implements Input {}

    /// Opens the next epoch: the kernel plans it.
    record Begin() implements Input {}

    /// What the device did in the open epoch; closes it.
    record Report(EpochReport report) implements Input {}
}
