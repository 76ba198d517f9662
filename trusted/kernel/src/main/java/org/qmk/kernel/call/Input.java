package org.qmk.kernel.call;

import java.util.List;
import org.qmk.device.*;
import org.qmk.qvm.Capability;
import org.qmk.verifier.Verified;

/// Everything that can happen to the kernel. The sequence of inputs is the journal, and every input
/// can be written there: numbers are 0 or more, which the constructors of their types see to.
public sealed interface Input {

    /// The session that asks; number 0 where an operator, a planner or the device does.
    default SessionId session() {
        return new SessionId(0);
    }

    /// An operator's command.
    ///
    /// @param name unique among tenants; the kernel never repeats it to others
    record AddTenant(String name, Terms terms) implements Input {
        public AddTenant(String name, Quotas quotas) {
            this(name, new Terms(1, quotas, false));
        }
    }

    /// An operator's command. The jobs of a suspended tenant stand still.
    record SetTenant(TenantId tenant, Terms terms) implements Input {}

    /// An operator's command.
    record OpenSession(TenantId tenant) implements Input {}

    /// Ends a session: its capabilities are revoked, its jobs cancelled, its channels closed.
    record CloseSession(SessionId session) implements Input {}

    /// An operator's command: gives a session a capability that comes from no other.
    ///
    /// @param to the session that will hold it
    record Grant(SessionId to, Capability capability, Bounds bounds) implements Input {
        public Grant(SessionId to, Capability capability) {
            this(to, capability, Bounds.UNLIMITED);
        }
    }

    /// Makes a weaker capability from one of the session's, for a session: its own or another.
    record Derive(SessionId session, CapabilityHandle from, SessionId to, Bounds bounds)
            implements Input {}

    /// Takes a capability back, and all that was derived from it; jobs that need one of them fail
    /// at the next epoch.
    record Revoke(SessionId session, CapabilityHandle handle) implements Input {}

    record Submit(SessionId session, Verified program, JobPolicy policy) implements Input {}

    record Cancel(SessionId session, JobId job) implements Input {}

    /// Stops a job where it is; its qubits are kept.
    record Checkpoint(SessionId session, JobId job) implements Input {}

    /// Lets a job that was stopped by a checkpoint go on.
    record Restore(SessionId session, JobId job) implements Input {}

    /// Asks that the qubits of a running job move into a module.
    record Migrate(SessionId session, JobId job, int module) implements Input {
        public Migrate {
            if (module < 0) throw new IllegalArgumentException("module is " + module);
        }
    }

    /// Offers another tenant a channel.
    record OfferChannel(SessionId session, TenantId peer, ChannelTerms terms) implements Input {}

    record AcceptChannel(SessionId session, ChannelId channel) implements Input {}

    /// Entangles a live qubit of one's job with one of the peer's: of all shots of both waves.
    ///
    /// @param qubit handle index in the program of the session's job
    record UseChannel(SessionId session, ChannelId channel, JobId job, int qubit) implements Input {
        public UseChannel {
            if (qubit < 0) throw new IllegalArgumentException("qubit is " + qubit);
        }
    }

    record CloseChannel(SessionId session, ChannelId channel) implements Input {}

    /// A planner's proposal for how the pairs of a link are purified.
    record Purify(int link, Purification protocol, int rounds) implements Input {
        public Purify {
            if (link < 0 || rounds < 0) {
                throw new IllegalArgumentException(
                        "link, rounds are " + link + ", " + rounds + ", expected 0 or more");
            }
        }
    }

    /// A planner's proposal for a wave that the kernel wants to begin, or wants to move.
    record Propose(JobId job, Placement placement) implements Input {}

    /// Opens the next epoch: the kernel plans it.
    ///
    /// @param routes a planner's proposals; of several for one node the first counts
    record Begin(List<Route> routes) implements Input {
        public Begin {
            routes = List.copyOf(routes);
        }

        public Begin() {
            this(List.of());
        }
    }

    /// What the device did in the open epoch; closes it.
    record Report(EpochReport report) implements Input {}
}
