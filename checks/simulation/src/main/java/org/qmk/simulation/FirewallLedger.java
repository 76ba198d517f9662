package org.qmk.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qmk.kernel.call.ChannelId;
import org.qmk.kernel.call.ChannelState;
import org.qmk.kernel.call.ChannelTerms;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Shape;

/// Which qubits may be entangled, from the nodes that were issued, and which tenants ever were by a
/// channel of theirs.
final class FirewallLedger {

    /// A channel that is not closed. The accepting session is 0 until it accepts.
    static final class ChannelTrack {
        final int number;
        final TenantTrack offering;
        final int offeringSession;
        final TenantTrack accepting;
        int acceptingSession;
        long left;

        ChannelTrack(
                int number, TenantTrack offering, int session, TenantTrack accepting, long pairs) {
            this.number = number;
            this.offering = offering;
            this.offeringSession = session;
            this.accepting = accepting;
            this.left = pairs;
        }

        ChannelState state() {
            if (acceptingSession == 0) return ChannelState.OFFERED;
            return left > 0 ? ChannelState.OPEN : ChannelState.EXHAUSTED;
        }

        boolean isSide(TenantTrack tenant, int session) {
            boolean offers = offering == tenant && offeringSession == session;
            boolean accepts =
                    accepting == tenant && (acceptingSession == 0 || acceptingSession == session);
            return offers || accepts;
        }

        boolean isOf(int session) {
            return offeringSession == session || acceptingSession == session;
        }
    }

    /// Qubits that may be entangled with each other.
    private static final class Cell {
        final List<Member> members = new ArrayList<>();
    }

    private record Member(JobTrack job, int qubit) {}

    final TreeMap<Integer, ChannelTrack> channels = new TreeMap<>();
    private int last;
    private final Map<JobTrack, Cell[]> cells = new HashMap<>();
    private final TreeSet<Long> joined = new TreeSet<>();

    /// By job: the channel and the qubit that its owner named.
    private final Map<JobTrack, int[]> named = new HashMap<>();

    void offered(ChannelId id, TenantTrack by, int session, TenantTrack peer, ChannelTerms terms) {
        LawBroken.unless(
                id.number() == ++last && by != peer,
                Law.CHANNELS_KEPT,
                "channel " + id.number() + " is offered, expected " + last);
        channels.put(last, new ChannelTrack(last, by, session, peer, terms.pairs()));
    }

    void accepted(ChannelId id, TenantTrack by, int session) {
        ChannelTrack channel = channels.get(id.number());
        boolean right = channel != null && channel.accepting == by && channel.acceptingSession == 0;
        LawBroken.unless(
                right, Law.CHANNELS_KEPT, "channel " + id.number() + " is accepted by another");
        channel.acceptingSession = session;
    }

    void closed(ChannelId id, TenantTrack by, int session) {
        ChannelTrack channel = channels.remove(id.number());
        boolean right = channel != null && (channel.isSide(by, session) || channel.isOf(session));
        LawBroken.unless(
                right, Law.CHANNELS_KEPT, "channel " + id.number() + " is closed by another");
    }

    void named(JobTrack job, int channel, int qubit) {
        named.put(job, new int[] {channel, qubit});
    }

    /// Two jobs are said to be entangled over a channel by the one that named its qubit last.
    void entangled(ChannelId id, JobTrack job, int qubit, long left, List<JobTrack> running) {
        ChannelTrack channel = channels.get(id.number());
        LawBroken.unless(
                channel != null && channel.acceptingSession != 0,
                Law.CHANNELS_KEPT,
                "channel " + id.number() + " is used before both sides agreed");
        JobTrack peer = null;
        for (JobTrack other : running) {
            int[] wish = named.get(other);
            boolean wishes = wish != null && wish[0] == id.number();
            if (wishes && other.tenant != job.tenant && peer == null) peer = other;
        }
        LawBroken.unless(
                peer != null && peer.waveShots == job.waveShots,
                Law.CHANNELS_KEPT,
                "nobody waits for " + job + " at channel " + id.number());
        boolean sides =
                channel.offering == job.tenant && channel.accepting == peer.tenant
                        || channel.offering == peer.tenant && channel.accepting == job.tenant;
        LawBroken.unless(
                sides, Law.CHANNELS_KEPT, "channel " + id.number() + " is not theirs: " + job);
        channel.left -= job.waveShots;
        LawBroken.unless(
                channel.left == left && left >= 0,
                Law.CHANNELS_KEPT,
                "channel " + id.number() + " has " + left + " left, expected " + channel.left);
        joined.add(pair(job.tenant, peer.tenant));
        int theirs = named.remove(peer)[1];
        Cell own = cells(job)[qubit];
        Cell other = cells(peer)[theirs];
        LawBroken.unless(
                own != null && other != null,
                Law.CHANNELS_KEPT,
                "a qubit that is not live is entangled: " + job);
        join(own, other);
    }

    private static long pair(TenantTrack one, TenantTrack other) {
        int low = Math.min(one.number, other.number);
        return (long) low << 32 | Math.max(one.number, other.number);
    }

    private Cell[] cells(JobTrack job) {
        return cells.computeIfAbsent(job, j -> new Cell[j.facts.graph.qubits().size()]);
    }

    boolean isLive(JobTrack job, int qubit) {
        Cell[] of = cells.get(job);
        return of != null && qubit < of.length && of[qubit] != null;
    }

    void issue(JobTrack job, int node) {
        Opcode opcode = job.facts.graph.opcode(node);
        int[] qubits = job.facts.qubits[node];
        boolean surely = !job.facts.guarded[node];
        Cell[] own = cells(job);
        boolean alone =
                opcode.shape() == Shape.MEASURE_1
                        || opcode.shape() == Shape.MEASURE_ANGLE
                        || opcode == Opcode.RESET;
        if (opcode == Opcode.ALLOC_LQ) {
            for (int qubit : qubits) if (own[qubit] == null) settle(job, qubit);
        } else if (opcode == Opcode.FREE_LQ) {
            for (int qubit : qubits) if (surely) leave(job, qubit);
        } else if (alone) {
            for (int qubit : qubits) {
                if (!surely || own[qubit].members.size() == 1) continue;
                leave(job, qubit);
                settle(job, qubit);
            }
        } else if (opcode != Opcode.COND_PAULI) {
            for (int i = 1; i < qubits.length; i++) join(own[qubits[0]], own[qubits[i]]);
        }
    }

    private void settle(JobTrack job, int qubit) {
        Cell cell = new Cell();
        cell.members.add(new Member(job, qubit));
        cells(job)[qubit] = cell;
    }

    private void leave(JobTrack job, int qubit) {
        Cell cell = cells(job)[qubit];
        if (cell == null) return;
        cell.members.remove(new Member(job, qubit));
        cells(job)[qubit] = null;
    }

    private void join(Cell one, Cell other) {
        if (one == other) return;
        Cell kept = one.members.size() >= other.members.size() ? one : other;
        Cell gone = kept == one ? other : one;
        for (Member member : kept.members) {
            for (Member added : gone.members) {
                TenantTrack a = member.job().tenant;
                TenantTrack b = added.job().tenant;
                LawBroken.unless(
                        a == b || joined.contains(pair(a, b)),
                        Law.FIREWALL_HELD,
                        "qubits of %s and %s, of tenants %d and %d, are entangled"
                                .formatted(member.job(), added.job(), a.number, b.number));
            }
        }
        for (Member member : gone.members) {
            cells.get(member.job())[member.qubit()] = kept;
            kept.members.add(member);
        }
    }

    void endWave(JobTrack job) {
        Cell[] own = cells.get(job);
        if (own == null) return;
        for (int qubit = 0; qubit < own.length; qubit++) leave(job, qubit);
        cells.remove(job);
        named.remove(job);
    }
}
