package org.qmk.bench;

import java.util.Arrays;
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
import org.qmk.codec.GraphReader;
import org.qmk.codec.GraphWriter;
import org.qmk.codec.QvmForm;
import org.qmk.codec.Reading;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;

/// One reading of a graph of 1,000 qubits. Goal: 60 MB/s of text and of JSON, 200 MB/s of protobuf.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx4g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ReadBenchmark {

    @Param({"2000", "100000", "1000000"})
    public int nodes;

    @Param({"TEXT", "JSON", "PROTOBUF"})
    public QvmForm form;

    private byte[] bytes;
    private byte[] digest;
    private Reading reading;

    public ReadBenchmark() {}

    /// The number of bytes that one reading takes in.
    static int bytes(int nodes, QvmForm form) {
        return GraphWriter.write(Workload.graph(nodes, 1000), form).length;
    }

    @Setup(Level.Trial)
    public void make() {
        Graph graph = Workload.graph(nodes, 1000);
        bytes = GraphWriter.write(graph, form);
        digest = CanonicalForm.digest(graph);
    }

    @Benchmark
    public Reading read() {
        reading = GraphReader.read(bytes, form);
        return reading;
    }

    @TearDown(Level.Trial)
    public void check() {
        boolean same =
                reading instanceof Reading.Ok ok
                        && Arrays.equals(digest, CanonicalForm.digest(ok.graph()));
        if (!same) throw new IllegalStateException("another graph was read");
    }
}
