package org.qmk.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.kernel.call.Notice;

/// The two steps of the kernel that an epoch costs: the one that decides what the machine does, and
/// the one that takes in what it did. Goal, with 1,000 live qubits of 200 jobs: a median of 25
/// microseconds for the first, and 100 in the 99th percentile.
///
/// Submissions, placements and the device come between, and are not measured.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 2)
public class DecisionBenchmark {

    @Param({"10", "100", "1000", "10000"})
    public int qubits;

    private LiveLoad load;
    private EpochPlan plan;
    private EpochReport told;

    public DecisionBenchmark() {}

    @Setup(Level.Trial)
    public void open() {
        load = new LiveLoad(qubits);
        load.refill();
        plan = load.begin();
    }

    /// Before `begin`: the epoch that is open is closed.
    @State(Scope.Benchmark)
    public static class Closed {
        public Closed() {}

        @Setup(Level.Invocation)
        public void close(DecisionBenchmark epoch) {
            epoch.load.report(epoch.load.execute(epoch.plan));
            epoch.load.refill();
        }
    }

    /// Before `report`: an epoch is open, and the device has carried it out.
    @State(Scope.Benchmark)
    public static class Executed {
        private boolean first = true;

        public Executed() {}

        @Setup(Level.Invocation)
        public void execute(DecisionBenchmark epoch) {
            if (!first) {
                epoch.load.refill();
                epoch.plan = epoch.load.begin();
            }
            first = false;
            epoch.told = epoch.load.execute(epoch.plan);
        }
    }

    @Benchmark
    public EpochPlan begin(Closed closed) {
        plan = load.begin();
        return plan;
    }

    @Benchmark
    public List<Notice> report(Executed executed) {
        return load.report(told);
    }

    @TearDown(Level.Trial)
    public void check() {
        int live = load.liveJobs() * LiveLoad.QUBITS_A_JOB;
        // Those that ended with the last report are not followed by others yet.
        if (live < qubits * 9 / 10) throw new IllegalStateException(live + " qubits were live");
    }
}
