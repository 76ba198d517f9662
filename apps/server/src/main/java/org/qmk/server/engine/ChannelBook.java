package org.qmk.server.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.qmk.kernel.call.ChannelId;
import org.qmk.kernel.call.ChannelState;
import org.qmk.kernel.call.ChannelTerms;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.TenantId;
import org.qmk.runtime.Witness;

/// The brokered channels, as the kernel told of them. One thread tells, any thread may ask.
public final class ChannelBook implements Witness {

    /// @param left pairs that it may still use
    public record Channel(
            ChannelId id,
            TenantId offering,
            TenantId accepting,
            ChannelTerms terms,
            ChannelState state,
            long left) {
        private Channel now(ChannelState next, long nowLeft) {
            return new Channel(id, offering, accepting, terms, next, nowLeft);
        }
    }

    private final Map<ChannelId, Channel> channels = new ConcurrentHashMap<>();
    private final Directory directory;

    ChannelBook(Directory directory) {
        this.directory = directory;
    }

    /// A channel of which the tenant is a side.
    public Optional<Channel> find(TenantId tenant, ChannelId id) {
        return Optional.ofNullable(channels.get(id))
                .filter(c -> c.offering().equals(tenant) || c.accepting().equals(tenant));
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        for (Notice notice : notices) {
            switch (notice) {
                case Notice.ChannelChanged(var id, var state) -> {
                    if (input instanceof Input.OfferChannel(var session, var peer, var terms)) {
                        TenantId offering = directory.owners.get(session);
                        var offered = new Channel(id, offering, peer, terms, state, terms.pairs());
                        channels.put(id, offered);
                    } else {
                        channels.computeIfPresent(id, (_, c) -> c.now(state, c.left()));
                    }
                }
                case Notice.Entangled(var id, long left) ->
                        channels.computeIfPresent(id, (_, c) -> c.now(c.state(), left));
                case Notice.TenantAdded _,
                        Notice.TenantSet _,
                        Notice.SessionOpened _,
                        Notice.SessionClosed _,
                        Notice.Granted _,
                        Notice.Revoked _,
                        Notice.Accepted _,
                        Notice.Refused _,
                        Notice.JobChanged _,
                        Notice.JobHandled _,
                        Notice.ModeChanged _,
                        Notice.EpochClosed _,
                        Notice.Planned _ -> {}
            }
        }
    }
}
