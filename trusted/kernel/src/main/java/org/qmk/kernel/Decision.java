package org.qmk.kernel;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.kernel.capability.Selection;
import org.qmk.kernel.channel.ChannelTable;
import org.qmk.kernel.epoch.*;
import org.qmk.kernel.health.ModeStep;
import org.qmk.qvm.Capability;

/// What a step will do. Made by looking, carried out without fail.
sealed interface Decision {
    record Refuse(Notice.Refused refusal) implements Decision {}

    record AddTenant(String name, Terms terms) implements Decision {}

    record SetTenant(TenantId tenant, Terms terms) implements Decision {}

    record OpenSession(TenantId tenant) implements Decision {}

    record CloseSession(SessionId session) implements Decision {}

    record Grant(SessionId session, Capability capability, Bounds bounds) implements Decision {}

    record Derive(SessionId session, CapabilityHandle from, SessionId to, Bounds bounds)
            implements Decision {}

    record Revoke(SessionId session, CapabilityHandle handle) implements Decision {}

    record Accept(Job job, Selection selection) implements Decision {}

    record Cancel(Job job) implements Decision {}

    /// @param selection what it takes a use of; nothing for a job that goes on
    record Park(Job job, boolean parked, Optional<Selection> selection) implements Decision {}

    /// @param module -1 for any that is well
    record Ask(Job job, int module, Selection selection) implements Decision {}

    record Offer(ChannelTable.Side side, TenantId peer, ChannelTerms terms, Selection selection)
            implements Decision {}

    record Consent(ChannelTable.Side side, ChannelId channel, Selection selection)
            implements Decision {}

    /// One side names its qubit.
    record Name(Job job, ChannelId channel, int qubit) implements Decision {}

    /// Both sides have: the qubits are entangled.
    record Entangle(ChannelId channel, Job job, int qubit, Job peer) implements Decision {}

    record CloseChannel(ChannelId channel) implements Decision {}

    record Purify(int link, Purification protocol, int rounds) implements Decision {}

    record Place(WaveQueue.Want want, Placement placement, boolean spans, Job head)
            implements Decision {}

    record Move(Job job, Placement placement, long pairs, long epochs) implements Decision {}

    record Open(EpochScheduler.Opening opening) implements Decision {}

    record Close(EpochReport report, ReportReading.Closing closing, List<ModeStep> modes)
            implements Decision {}
}
