package org.qmk.kernel.channel;

import java.nio.charset.StandardCharsets;
import java.util.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Invariant;

/// Channels between two tenants, from the offer to the end. The checks change nothing; what they
/// let pass can be applied without fail. Whether a session may deal with channels at all is not
/// asked here: both sides hold `LINK`, and `closeAll` is called for who loses it.
///
/// An offer counts against the tenant that makes it, never against the one that it is made to: no
/// tenant can fill another's table, or learn from a refusal how full it is.
public final class ChannelTable {

    private static final int PURPOSE_BYTES_MAX = 256;
    private static final long PAIRS_MAX = 1L << 40;

    /// Names no session: the side has not accepted yet.
    private static final SessionId NOBODY = new SessionId(0);

    /// One end of a channel.
    ///
    /// @param session `NOBODY` if any session of the tenant may still accept
    public record Side(TenantId tenant, SessionId session) {

        private boolean is(Side caller) {
            return tenant.equals(caller.tenant)
                    && (session.equals(NOBODY) || session.equals(caller.session));
        }

        private boolean isOf(TenantId lost, SessionId lostSession) {
            return tenant.equals(lost) || session.equals(lostSession) && !session.equals(NOBODY);
        }
    }

    /// A channel as both its sides see it.
    ///
    /// @param left pairs that are not used yet
    public record Channel(Side offering, Side accepting, ChannelTerms terms, long left) {

        public ChannelState state() {
            if (accepting.session.equals(NOBODY)) return ChannelState.OFFERED;
            return left > 0 ? ChannelState.OPEN : ChannelState.EXHAUSTED;
        }
    }

    private final int offersMax;

    /// By number; those that are not closed.
    private final TreeMap<Integer, Channel> channels = new TreeMap<>();

    /// By number of the tenant: how many of `channels` it offered.
    private final TreeMap<Integer, Integer> offers = new TreeMap<>();

    private int last;

    /// @param offersMax channels that one tenant may have offered at once
    public ChannelTable(int offersMax) {
        this.offersMax = offersMax;
    }

    /// The channel, if the caller is one of its sides. A channel of others and one that never was
    /// give the same answer.
    public Optional<Channel> of(Side caller, ChannelId id) {
        Channel channel = channels.get(id.number());
        boolean mine =
                channel != null && (channel.offering.is(caller) || channel.accepting.is(caller));
        return mine ? Optional.of(channel) : Optional.empty();
    }

    /// A channel that is there.
    public Channel of(ChannelId id) {
        return channels.get(id.number());
    }

    /// Channels that are not closed.
    public int count() {
        return channels.size();
    }

    /// Why the caller cannot offer a channel to a tenant that exists.
    public Optional<Notice.Refused> checkOffer(Side caller, TenantId to, ChannelTerms terms) {
        if (caller.tenant.equals(to)) return refused(Refusal.CHANNEL_SELF, "");
        String malformed = malformed(terms);
        if (!malformed.isEmpty()) return refused(Refusal.CHANNEL_TERMS, malformed);
        boolean full = offers.getOrDefault(caller.tenant.number(), 0) >= offersMax;
        if (full || last == Integer.MAX_VALUE) return refused(Refusal.TABLE_FULL, "channels");
        return Optional.empty();
    }

    /// Why the caller cannot accept: it is not the other side of an offer.
    public Optional<Notice.Refused> checkAccept(Side caller, ChannelId id) {
        Optional<Channel> channel = of(caller, id);
        boolean offered =
                channel.isPresent()
                        && channel.get().state() == ChannelState.OFFERED
                        && channel.get().accepting.is(caller);
        return offered ? Optional.empty() : refused(Refusal.CHANNEL_UNKNOWN, "");
    }

    /// Why the caller cannot use so many pairs.
    ///
    /// @param pairs 0 or more; 0 asks whether the channel is accepted
    public Optional<Notice.Refused> checkUse(Side caller, ChannelId id, long pairs) {
        Optional<Channel> channel = of(caller, id);
        if (channel.isEmpty()) return refused(Refusal.CHANNEL_UNKNOWN, "");
        if (channel.get().state() == ChannelState.OFFERED) {
            return refused(Refusal.CHANNEL_WAITS, "");
        }
        long left = channel.get().left;
        if (pairs > left) return refused(Refusal.CHANNEL_EXHAUSTED, Long.toString(left));
        return Optional.empty();
    }

    /// Why the caller cannot close: it is no side of the channel. Either side closes, and an offer
    /// is withdrawn or turned down in the same way.
    public Optional<Notice.Refused> checkClose(Side caller, ChannelId id) {
        if (of(caller, id).isEmpty()) return refused(Refusal.CHANNEL_UNKNOWN, "");
        return Optional.empty();
    }

    public ChannelId offer(Side caller, TenantId to, ChannelTerms terms) {
        channels.put(++last, new Channel(caller, new Side(to, NOBODY), terms, terms.pairs()));
        offers.merge(caller.tenant.number(), 1, Integer::sum);
        return new ChannelId(last);
    }

    public void accept(Side caller, ChannelId id) {
        Channel offer = channels.get(id.number());
        Invariant.hold(offer.state() == ChannelState.OFFERED, "an offer is accepted once");
        Channel open = new Channel(offer.offering, caller, offer.terms, offer.left);
        channels.put(id.number(), open);
    }

    /// Counts pairs against the budget.
    public void use(ChannelId id, long pairs) {
        Channel channel = channels.get(id.number());
        Invariant.hold(
                channel.state() != ChannelState.OFFERED && 0 <= pairs && pairs <= channel.left,
                "a channel gives what both sides agreed to");
        long left = channel.left - pairs;
        channels.put(
                id.number(), new Channel(channel.offering, channel.accepting, channel.terms, left));
    }

    public void close(ChannelId id) {
        int offerer = channels.remove(id.number()).offering.tenant.number();
        offers.merge(offerer, -1, Integer::sum);
    }

    /// Closes every channel that the session opened or accepted, for it may no longer use links.
    ///
    /// @return the closed channels, ascending
    public List<ChannelId> closeAll(SessionId session) {
        return closeAll(new TenantId(0), session);
    }

    /// Closes every channel of the tenant, offers made to it too.
    ///
    /// @return the closed channels, ascending
    public List<ChannelId> closeAll(TenantId tenant) {
        return closeAll(tenant, NOBODY);
    }

    /// Writes the channels whose number leaves the rest `slice`, and the number of the last.
    public void writeSlice(ByteWriter out, int slice, int slices) {
        out.uint(last);
        for (Map.Entry<Integer, Channel> entry : channels.entrySet()) {
            if (entry.getKey() % slices != slice) continue;
            Channel channel = entry.getValue();
            out.uint(entry.getKey());
            for (Side side : List.of(channel.offering, channel.accepting)) {
                out.uint(side.tenant.number()).uint(side.session.number());
            }
            out.text(channel.terms.purpose()).uint(channel.terms.pairs());
            out.real(channel.terms.fidelity()).uint(channel.left);
        }
        out.uint(0);
    }

    private List<ChannelId> closeAll(TenantId tenant, SessionId session) {
        List<ChannelId> closed = new ArrayList<>();
        for (Map.Entry<Integer, Channel> entry : channels.entrySet()) {
            Channel channel = entry.getValue();
            boolean hit =
                    channel.offering.isOf(tenant, session)
                            || channel.accepting.isOf(tenant, session);
            if (hit) closed.add(new ChannelId(entry.getKey()));
        }
        for (ChannelId id : closed) close(id);
        return closed;
    }

    /// The first of the terms that is out of its bounds; empty if all are within.
    private static String malformed(ChannelTerms terms) {
        int bytes = terms.purpose().getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > PURPOSE_BYTES_MAX) return "purpose";
        if (terms.pairs() < 1 || terms.pairs() > PAIRS_MAX) return "number of pairs";
        return terms.fidelity() > 0.5 && terms.fidelity() <= 1 ? "" : "fidelity";
    }

    private static Optional<Notice.Refused> refused(Refusal refusal, String fact) {
        return Optional.of(new Notice.Refused(refusal, fact));
    }
}
