package org.qmk.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.codec.ByteReader;
import org.qmk.codec.CanonicalReader;
import org.qmk.device.Condition;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.device.Purification;
import org.qmk.device.Route;
import org.qmk.device.Signal;
import org.qmk.device.Supply;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.ChannelId;
import org.qmk.kernel.call.ChannelTerms;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Capability;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// The bytes of a kernel input in the journal. The layout is in docs/spec/journal.md.
final class InputRecord {

    private static final int ADD_TENANT = 1;
    private static final int OPEN_SESSION = 2;
    private static final int GRANT = 3;
    private static final int REVOKE = 4;
    private static final int SUBMIT = 5;
    private static final int CANCEL = 6;
    private static final int PROPOSE = 7;
    private static final int REPORT = 8;
    private static final int BEGIN = 9;
    private static final int SET_TENANT = 10;
    private static final int CLOSE_SESSION = 11;
    private static final int DERIVE = 12;
    private static final int CHECKPOINT = 13;
    private static final int RESTORE = 14;
    private static final int MIGRATE = 15;
    private static final int OFFER_CHANNEL = 16;
    private static final int ACCEPT_CHANNEL = 17;
    private static final int USE_CHANNEL = 18;
    private static final int CLOSE_CHANNEL = 19;
    private static final int PURIFY = 20;
    private static final int BEGIN_ROUTED = 21;

    private InputRecord() {}

    static byte[] encode(Input input) {
        var out = ByteWriter.keeping();
        switch (input) {
            case Input.AddTenant(var name, var terms) ->
                    terms(terms, out.u8(ADD_TENANT).text(name));
            case Input.SetTenant(var tenant, var terms) ->
                    terms(terms, out.u8(SET_TENANT).uint(tenant.number()));
            case Input.OpenSession(var tenant) -> out.u8(OPEN_SESSION).uint(tenant.number());
            case Input.CloseSession(var session) -> out.u8(CLOSE_SESSION).uint(session.number());
            case Input.Grant(var to, var capability, var bounds) ->
                    bounds(bounds, out.u8(GRANT).uint(to.number()).text(capability.text()));
            case Input.Derive(var session, var from, var to, var bounds) ->
                    bounds(
                            bounds,
                            handle(from, out.u8(DERIVE).uint(session.number())).uint(to.number()));
            case Input.Revoke(var session, var handle) ->
                    handle(handle, out.u8(REVOKE).uint(session.number()));
            case Input.Submit(var session, var program, var policy) ->
                    out.u8(SUBMIT)
                            .uint(session.number())
                            .uint(policy.shots())
                            .u64(policy.seed())
                            .uint(policy.priority())
                            .uint(policy.deadlineEpochs())
                            .counted(CanonicalForm.encode(program.graph()));
            case Input.Checkpoint(var session, var job) ->
                    out.u8(CHECKPOINT).uint(session.number()).uint(job.number());
            case Input.Restore(var session, var job) ->
                    out.u8(RESTORE).uint(session.number()).uint(job.number());
            case Input.Migrate(var session, var job, int module) ->
                    out.u8(MIGRATE).uint(session.number()).uint(job.number()).uint(module);
            case Input.OfferChannel(var session, var peer, var terms) ->
                    out.u8(OFFER_CHANNEL)
                            .uint(session.number())
                            .uint(peer.number())
                            .text(terms.purpose())
                            .uint(terms.pairs())
                            .real(terms.fidelity());
            case Input.AcceptChannel(var session, var channel) ->
                    out.u8(ACCEPT_CHANNEL).uint(session.number()).uint(channel.number());
            case Input.UseChannel(var session, var channel, var job, int qubit) ->
                    out.u8(USE_CHANNEL)
                            .uint(session.number())
                            .uint(channel.number())
                            .uint(job.number())
                            .uint(qubit);
            case Input.CloseChannel(var session, var channel) ->
                    out.u8(CLOSE_CHANNEL).uint(session.number()).uint(channel.number());
            case Input.Purify(int link, var protocol, int rounds) ->
                    out.u8(PURIFY).uint(link).uint(protocol.ordinal()).uint(rounds);
            case Input.Cancel(var session, var job) ->
                    out.u8(CANCEL).uint(session.number()).uint(job.number());
            case Input.Propose(var job, var placement) -> {
                out.u8(PROPOSE).uint(job.number()).uint(placement.extents().size());
                for (Extent extent : placement.extents()) {
                    out.uint(extent.start()).uint(extent.length());
                }
            }
            case Input.Begin(var routes) -> begin(routes, out);
            case Input.Report(var report) -> report(report, out.u8(REPORT));
        }
        return out.bytes();
    }

    private static void begin(List<Route> routes, ByteWriter out) {
        if (routes.isEmpty()) {
            out.u8(BEGIN);
            return;
        }
        out.u8(BEGIN_ROUTED).uint(routes.size());
        for (Route route : routes) {
            out.uint(route.job().number()).uint(route.node()).uint(route.sides().size());
            for (int side : route.sides()) out.uint(side);
        }
    }

    private static void report(EpochReport report, ByteWriter out) {
        out.uint(report.epoch()).uint(report.outcomes().size());
        for (EpochReport.Outcome outcome : report.outcomes()) {
            out.uint(outcome.job().number()).uint(outcome.event()).uint(outcome.words());
            for (int i = 0; i < outcome.words(); i++) out.u64(outcome.word(i));
        }
        out.uint(report.faults().size());
        for (EpochReport.Fault fault : report.faults()) {
            out.uint(fault.job().number()).uint(fault.kind().ordinal()).text(fault.cause());
        }
        Supply supply = report.supply();
        out.uint(supply.factories());
        for (int i = 0; i < supply.factories(); i++) out.uint(supply.magic(i));
        out.uint(supply.links());
        for (int i = 0; i < supply.links(); i++) out.uint(supply.pairs(i));
        out.uint(supply.backlogRounds()).uint(report.signals().size());
        for (Signal signal : report.signals()) {
            out.uint(signal.condition().ordinal()).uint(signal.subject()).uint(signal.permille());
        }
    }

    private static ByteWriter terms(Terms terms, ByteWriter out) {
        return out.uint(terms.weight())
                .uint(terms.quotas().blocks())
                .uint(terms.quotas().jobs())
                .u8(terms.suspended() ? 1 : 0);
    }

    private static ByteWriter bounds(Bounds bounds, ByteWriter out) {
        return out.uint(bounds.amountMax())
                .uint(bounds.lastEpoch())
                .uint(bounds.uses())
                .u8(bounds.delegable() ? 1 : 0);
    }

    private static ByteWriter handle(CapabilityHandle handle, ByteWriter out) {
        return out.uint(handle.slot()).uint(handle.generation());
    }

    /// @throws ByteReader.Malformed if the bytes are no input, or hold a program that the verifier
    ///     rejects
    static Input decode(byte[] bytes) throws ByteReader.Malformed {
        var in = new ByteReader(bytes);
        int kind = in.u8();
        Input input =
                switch (kind) {
                    case ADD_TENANT -> new Input.AddTenant(in.text(), terms(in));
                    case SET_TENANT -> new Input.SetTenant(new TenantId(int31(in)), terms(in));
                    case OPEN_SESSION -> new Input.OpenSession(new TenantId(int31(in)));
                    case CLOSE_SESSION -> new Input.CloseSession(session(in));
                    case GRANT -> new Input.Grant(session(in), capability(in), bounds(in));
                    case DERIVE ->
                            new Input.Derive(session(in), handle(in), session(in), bounds(in));
                    case REVOKE -> new Input.Revoke(session(in), handle(in));
                    case SUBMIT -> submit(in);
                    case CANCEL -> new Input.Cancel(session(in), job(in));
                    case CHECKPOINT -> new Input.Checkpoint(session(in), job(in));
                    case RESTORE -> new Input.Restore(session(in), job(in));
                    case MIGRATE -> new Input.Migrate(session(in), job(in), int31(in));
                    case OFFER_CHANNEL ->
                            new Input.OfferChannel(
                                    session(in), new TenantId(int31(in)), channelTerms(in));
                    case ACCEPT_CHANNEL -> new Input.AcceptChannel(session(in), channel(in));
                    case USE_CHANNEL ->
                            new Input.UseChannel(session(in), channel(in), job(in), int31(in));
                    case CLOSE_CHANNEL -> new Input.CloseChannel(session(in), channel(in));
                    case PURIFY ->
                            new Input.Purify(
                                    int31(in), constant(in, Purification.values()), int31(in));
                    case PROPOSE -> new Input.Propose(job(in), placement(in));
                    case REPORT -> new Input.Report(report(in));
                    case BEGIN -> new Input.Begin();
                    case BEGIN_ROUTED -> new Input.Begin(routes(in));
                    default -> throw new ByteReader.Malformed(0, "a kind of input");
                };
        in.end();
        return input;
    }

    private static Input submit(ByteReader in) throws ByteReader.Malformed {
        SessionId session = session(in);
        long shots = in.uint(Long.MAX_VALUE);
        long seed = in.u64();
        int priority = int31(in);
        var policy = new JobPolicy(shots, seed, priority, in.uint(Long.MAX_VALUE));
        int at = in.position();
        return switch (Verifier.verify(CanonicalReader.read(in.counted()))) {
            case Verified program -> new Input.Submit(session, program, policy);
            case Rejected rejected ->
                    throw new ByteReader.Malformed(
                            at,
                            "a program without violations: " + rejected.violations().getFirst());
        };
    }

    private static List<Route> routes(ByteReader in) throws ByteReader.Malformed {
        int at = in.position();
        int count = in.count(3);
        if (count == 0) throw new ByteReader.Malformed(at, "1 route or more");
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JobId job = job(in);
            int node = int31(in);
            int length = in.count(1);
            List<Integer> sides = new ArrayList<>();
            for (int side = 0; side < length; side++) sides.add(int31(in));
            routes.add(new Route(job, node, sides));
        }
        return routes;
    }

    private static Placement placement(ByteReader in) throws ByteReader.Malformed {
        int count = in.count(2);
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = in.position();
            try {
                extents.add(new Extent(int31(in), int31(in)));
            } catch (IllegalArgumentException outOfRange) {
                throw new ByteReader.Malformed(at, "an extent of blocks");
            }
        }
        return new Placement(extents);
    }

    private static EpochReport report(ByteReader in) throws ByteReader.Malformed {
        long epoch = in.uint(Long.MAX_VALUE);
        int count = in.count(3);
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JobId job = job(in);
            int event = int31(in);
            long[] plane = new long[in.count(8)];
            for (int word = 0; word < plane.length; word++) plane[word] = in.u64();
            outcomes.add(new EpochReport.Outcome(job, event, plane));
        }
        int faultCount = in.count(3);
        List<EpochReport.Fault> faults = new ArrayList<>();
        for (int i = 0; i < faultCount; i++) {
            JobId job = job(in);
            var kind = constant(in, EpochReport.Fault.Kind.values());
            faults.add(new EpochReport.Fault(job, kind, in.text()));
        }
        int[] magic = new int[in.count(1)];
        for (int i = 0; i < magic.length; i++) magic[i] = int31(in);
        int[] pairs = new int[in.count(1)];
        for (int i = 0; i < pairs.length; i++) pairs[i] = int31(in);
        var supply = new Supply(magic, pairs, in.uint(Long.MAX_VALUE));
        int signalCount = in.count(3);
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < signalCount; i++) signals.add(signal(in));
        return new EpochReport(epoch, outcomes, faults, supply, signals);
    }

    private static Signal signal(ByteReader in) throws ByteReader.Malformed {
        Condition condition = constant(in, Condition.values());
        int subject = int31(in);
        return new Signal(condition, subject, (int) in.uint(1000));
    }

    private static <E> E constant(ByteReader in, E[] values) throws ByteReader.Malformed {
        return values[(int) in.uint(values.length - 1)];
    }

    private static boolean flag(ByteReader in) throws ByteReader.Malformed {
        return in.uint(1) == 1;
    }

    private static Terms terms(ByteReader in) throws ByteReader.Malformed {
        int at = in.position();
        int weight = int31(in);
        if (weight < 1 || weight > Terms.WEIGHT_MAX) throw new ByteReader.Malformed(at, "a weight");
        return new Terms(weight, new Quotas(int31(in), int31(in)), flag(in));
    }

    private static Bounds bounds(ByteReader in) throws ByteReader.Malformed {
        long amountMax = in.uint(Long.MAX_VALUE);
        long lastEpoch = in.uint(Long.MAX_VALUE);
        return new Bounds(amountMax, lastEpoch, in.uint(Long.MAX_VALUE), flag(in));
    }

    private static ChannelTerms channelTerms(ByteReader in) throws ByteReader.Malformed {
        String purpose = in.text();
        long pairs = in.uint(Long.MAX_VALUE);
        return new ChannelTerms(purpose, pairs, Double.longBitsToDouble(in.u64()));
    }

    private static CapabilityHandle handle(ByteReader in) throws ByteReader.Malformed {
        return new CapabilityHandle(int31(in), int31(in));
    }

    private static ChannelId channel(ByteReader in) throws ByteReader.Malformed {
        return new ChannelId(int31(in));
    }

    private static Capability capability(ByteReader in) throws ByteReader.Malformed {
        int at = in.position();
        Optional<Capability> capability = Capability.of(in.text());
        if (capability.isEmpty()) throw new ByteReader.Malformed(at, "a capability");
        return capability.get();
    }

    private static SessionId session(ByteReader in) throws ByteReader.Malformed {
        return new SessionId(int31(in));
    }

    private static JobId job(ByteReader in) throws ByteReader.Malformed {
        return new JobId(in.uint(Long.MAX_VALUE));
    }

    private static int int31(ByteReader in) throws ByteReader.Malformed {
        return (int) in.uint(Integer.MAX_VALUE);
    }
}
