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
import org.qmk.qasm.QasmReader;
import org.qmk.qasm.QasmReading;

/// One lowering of an OpenQASM 3 program to a graph. Goal: 20 MB/s.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx4g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class QasmBenchmark {

    @Param({"1000", "50000", "500000"})
    public int gates;

    private byte[] source;
    private QasmReading reading;

    public QasmBenchmark() {}

    @Setup(Level.Trial)
    public void make() {
        source = Workload.qasm(gates);
    }

    @Benchmark
    public QasmReading read() {
        reading = QasmReader.read(source, "bench.qasm");
        return reading;
    }

    @TearDown(Level.Trial)
    public void check() {
        boolean whole = reading instanceof QasmReading.Ok ok && ok.graph().size() > gates;
        if (!whole) throw new IllegalStateException("the program was not read: " + reading);
    }
}
