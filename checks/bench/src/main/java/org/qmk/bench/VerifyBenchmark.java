package org.qmk.bench;

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
import org.qmk.qvm.Graph;
import org.qmk.verifier.Verdict;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// One verification of a graph of 1,000 qubits. Goal: 5 million nodes a second on one core.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx8g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class VerifyBenchmark {

    /// One that is tiny, one that fits the cache, one that fits memory only.
    @Param({"2000", "100000", "1000000", "10000000"})
    public int nodes;

    private Graph graph;
    private Verdict verdict;

    public VerifyBenchmark() {}

    @Setup(Level.Trial)
    public void make() {
        graph = Workload.graph(nodes, 1000);
    }

    @Benchmark
    public Verdict verify() {
        verdict = Verifier.verify(graph);
        return verdict;
    }

    @TearDown(Level.Trial)
    public void check() {
        if (!(verdict instanceof Verified)) throw new IllegalStateException("rejected: " + verdict);
    }
}
