package org.qmk.server.calls;

import org.qmk.kernel.call.ChannelId;
import org.qmk.kernel.call.ChannelTerms;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.engine.ChannelBook;
import org.qmk.server.engine.Directory;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.JobKey;
import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.ChannelReply;
import org.qmk.wire.v1.ChannelRequest;
import org.qmk.wire.v1.OpenChanRequest;
import org.qmk.wire.v1.UseChanRequest;

/// Brokered channels between tenants.
final class Channels {

    private final Engine engine;
    private final Sessions sessions;

    Channels(Engine engine, Sessions sessions) {
        this.engine = engine;
        this.sessions = sessions;
    }

    ChannelReply open(Caller caller, OpenChanRequest request) throws CallRefused {
        SessionId session = sessions.of(caller, request.getSessionId());
        if (request.getPeer().isEmpty() == (request.getChannelId() == 0)) {
            throw ServerRule.CHANNEL_SIDE.refused();
        }
        Input input =
                request.getPeer().isEmpty()
                        ? new Input.AcceptChannel(session, id(request.getChannelId()))
                        : new Input.OfferChannel(session, peer(request), terms(request));
        Notice changed = Answers.of(() -> engine.ask(input)).getFirst();
        return reply(caller, ((Notice.ChannelChanged) changed).channel());
    }

    private TenantId peer(OpenChanRequest request) throws CallRefused {
        return engine.directory()
                .find(request.getPeer())
                .map(Directory.Entry::id)
                .orElseThrow(
                        () -> Answers.refused(Refusal.TENANT_UNKNOWN, "there is no such tenant"));
    }

    private static ChannelTerms terms(OpenChanRequest request) {
        long pairs = Unsigned.whole(request.getPairs());
        return new ChannelTerms(request.getPurpose(), pairs, request.getFidelity());
    }

    ChannelReply use(Caller caller, UseChanRequest request) throws CallRefused {
        sessions.of(caller, request.getSessionId());
        ChannelId channel = id(request.getChannelId());
        if (request.getQubit() < 0) {
            throw Answers.refused(Refusal.CHANNEL_QUBIT, "there is no qubit of that number");
        }
        var key = new JobKey(caller.requireTenant(), request.getJobId());
        Answers.of(
                () ->
                        engine.act(
                                key,
                                job ->
                                        new Input.UseChannel(
                                                job.session(),
                                                channel,
                                                job.id(),
                                                request.getQubit())));
        return reply(caller, channel);
    }

    ChannelReply close(Caller caller, ChannelRequest request) throws CallRefused {
        SessionId session = sessions.of(caller, request.getSessionId());
        ChannelId channel = id(request.getChannelId());
        Answers.of(() -> engine.ask(new Input.CloseChannel(session, channel)));
        return reply(caller, channel);
    }

    ChannelReply status(Caller caller, ChannelRequest request) throws CallRefused {
        sessions.of(caller, request.getSessionId());
        return reply(caller, id(request.getChannelId()));
    }

    /// Number 0, which no channel has, for what cannot be one.
    private static ChannelId id(long number) {
        return new ChannelId(Math.clamp(number, 0, Integer.MAX_VALUE));
    }

    private ChannelReply reply(Caller caller, ChannelId id) throws CallRefused {
        TenantId tenant = caller.requireTenant();
        ChannelBook.Channel channel =
                engine.channels()
                        .find(tenant, id)
                        .orElseThrow(
                                () ->
                                        Answers.refused(
                                                Refusal.CHANNEL_UNKNOWN,
                                                "the tenant has no such channel"));
        boolean offers = channel.offering().equals(tenant);
        TenantId peer = offers ? channel.accepting() : channel.offering();
        return ChannelReply.newBuilder()
                .setChannelId(channel.id().number())
                .setState(channel.state().name())
                .setPeer(sessions.entry(peer).name())
                .setPurpose(channel.terms().purpose())
                .setPairsLeft(channel.left())
                .setFidelity(channel.terms().fidelity())
                .build();
    }
}
