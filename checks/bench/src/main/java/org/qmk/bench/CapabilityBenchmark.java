package org.qmk.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.kernel.capability.Availability;
import org.qmk.kernel.capability.CapabilityLimits;
import org.qmk.kernel.capability.CapabilityTable;
import org.qmk.kernel.capability.Need;
import org.qmk.kernel.capability.Selection;
import org.qmk.qvm.Capability;

/// The checks of capabilities among those of 100 tenants with a session each, ten a session: the
/// one at a submission finds what meets two needs, the one in each epoch asks whether that is
/// still good, and the third whether it is after something was revoked. Goal: 100 nanoseconds.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CapabilityBenchmark {
    private static final int TENANTS = 100;
    private static final int EACH = 5;
    private static final List<Need> NEEDS =
            List.of(new Need(Capability.ALLOC, 5), new Need(Capability.MAGIC, 100));

    private final CapabilityTable table =
            new CapabilityTable(new CapabilityLimits(TENANTS, TENANTS, 1 << 20));
    private final SessionId[] sessions = new SessionId[TENANTS];
    private final Selection[] selections = new Selection[TENANTS];
    private int turn;

    public CapabilityBenchmark() {}

    @Setup
    public void grant() {
        for (int i = 0; i < TENANTS; i++) {
            TenantId tenant = table.add("tenant" + i, new Terms(1, new Quotas(100, 100), false));
            sessions[i] = table.open(tenant);
            for (int j = 0; j < EACH; j++) {
                table.grant(sessions[i], Capability.ALLOC, Bounds.UNLIMITED);
                table.grant(sessions[i], Capability.MAGIC, Bounds.UNLIMITED);
            }
            selections[i] = (Selection) table.select(sessions[i], NEEDS, 1);
        }
    }

    @Benchmark
    public Availability select() {
        return table.select(sessions[next()], NEEDS, 1);
    }

    @Benchmark
    public boolean isGood() {
        return table.isGood(selections[next()], 1);
    }

    /// Revokes in every call, and asks in every call what the revocation made stale.
    @Benchmark
    public boolean revokedAndGood() {
        CapabilityHandle handle = table.grant(sessions[0], Capability.ALLOC, Bounds.UNLIMITED);
        table.revoke(sessions[0], handle);
        return table.isGood(selections[next()], 1);
    }

    private int next() {
        turn = turn + 1 == TENANTS ? 0 : turn + 1;
        return turn;
    }

    @TearDown
    public void check() {
        for (Selection selection : selections) {
            if (!table.isGood(selection, 1)) throw new IllegalStateException("it was not revoked");
        }
    }
}
