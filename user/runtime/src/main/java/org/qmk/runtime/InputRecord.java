package org.qmk.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.codec.ByteReader;
import org.qmk.codec.CanonicalReader;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
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

    private InputRecord() {}

    static byte[] encode(Input input) {
        var out = ByteWriter.keeping();
        switch (input) {
            case Input.AddTenant(var name, var quotas) ->
                    out.u8(ADD_TENANT).text(name).uint(quotas.blocks()).uint(quotas.jobs());
            case Input.OpenSession(var tenant) -> out.u8(OPEN_SESSION).uint(tenant.number());
            case Input.Grant(var session, var capability) ->
                    out.u8(GRANT).uint(session.number()).text(capability.text());
            case Input.Revoke(var session, var handle) ->
                    out.u8(REVOKE)
                            .uint(session.number())
                            .uint(handle.slot())
                            .uint(handle.generation());
            case Input.Submit(var session, var program, var policy) ->
                    out.u8(SUBMIT)
                            .uint(session.number())
                            .uint(policy.shots())
                            .u64(policy.seed())
                            .counted(CanonicalForm.encode(program.graph()));
            case Input.Cancel(var session, var job) ->
                    out.u8(CANCEL).uint(session.number()).uint(job.number());
            case Input.Propose(var job, var placement) -> {
                out.u8(PROPOSE).uint(job.number()).uint(placement.extents().size());
                for (Extent extent : placement.extents()) {
                    out.uint(extent.start()).uint(extent.length());
                }
            }
            case Input.Begin() -> out.u8(BEGIN);
            case Input.Report(var report) -> report(report, out.u8(REPORT));
        }
        return out.bytes();
    }

    private static void report(EpochReport report, ByteWriter out) {
        out.uint(report.epoch()).uint(report.outcomes().size());
        for (EpochReport.Outcome outcome : report.outcomes()) {
            out.uint(outcome.job().number()).uint(outcome.event()).uint(outcome.words());
            for (int i = 0; i < outcome.words(); i++) out.u64(outcome.word(i));
        }
        out.uint(report.faults().size());
        for (EpochReport.Fault fault : report.faults()) {
            out.uint(fault.job().number()).text(fault.cause());
        }
    }

    /// @throws ByteReader.Malformed if the bytes are no input, or hold a program that the verifier
    ///     rejects
    static Input decode(byte[] bytes) throws ByteReader.Malformed {
        var in = new ByteReader(bytes);
        int kind = in.u8();
        Input input =
                switch (kind) {
                    case ADD_TENANT ->
                            new Input.AddTenant(in.text(), new Quotas(int31(in), int31(in)));
                    case OPEN_SESSION -> new Input.OpenSession(new TenantId(int31(in)));
                    case GRANT -> new Input.Grant(session(in), capability(in));
                    case REVOKE ->
                            new Input.Revoke(
                                    session(in), new CapabilityHandle(int31(in), int31(in)));
                    case SUBMIT -> submit(in);
                    case CANCEL -> new Input.Cancel(session(in), job(in));
                    case PROPOSE -> new Input.Propose(job(in), placement(in));
                    case REPORT -> new Input.Report(report(in));
                    case BEGIN -> new Input.Begin();
                    default -> throw new ByteReader.Malformed(0, "a kind of input");
                };
        in.end();
        return input;
    }

    private static Input submit(ByteReader in) throws ByteReader.Malformed {
        SessionId session = session(in);
        long shots = in.uint(Long.MAX_VALUE);
        long seed = in.u64();
        int at = in.position();
        return switch (Verifier.verify(CanonicalReader.read(in.counted()))) {
            case Verified program -> new Input.Submit(session, program, new JobPolicy(shots, seed));
            case Rejected rejected ->
                    throw new ByteReader.Malformed(
                            at,
                            "a program without violations: " + rejected.violations().getFirst());
        };
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
        int faultCount = in.count(2);
        List<EpochReport.Fault> faults = new ArrayList<>();
        for (int i = 0; i < faultCount; i++) faults.add(new EpochReport.Fault(job(in), in.text()));
        return new EpochReport(epoch, outcomes, faults);
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
