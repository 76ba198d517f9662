package org.qmk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.TenantId;
import org.qmk.runtime.audit.AuditCheck;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;

/// One epoch's record appended to an audit log: 400 shared bytes, parts of 100 bytes. Goal: a
/// median of 20 microseconds. Tiles are written as they fill up; the head is signed at the end.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class AuditBenchmark {

    @Param({"0", "1", "10", "100"})
    public int parts;

    private final byte[] shared = new byte[400];
    private final List<EpochRecord.Part> made = new ArrayList<>();
    private Path folder;
    private AuditKey key;
    private AuditLog log;
    private long epoch;

    public AuditBenchmark() {}

    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = Files.createTempDirectory("qmk-audit");
        key = AuditKey.generate("example.org/log");
        log = AuditLog.open(folder, key, Integer.MAX_VALUE, () -> {});
        for (int tenant = 1; tenant <= parts; tenant++) {
            made.add(new EpochRecord.Part(new TenantId(tenant), new byte[100]));
        }
    }

    @Benchmark
    public void append() throws IOException {
        log.append(new EpochRecord(++epoch, shared, made));
    }

    @TearDown(Level.Trial)
    public void check() throws IOException {
        log.close();
        long verified = AuditCheck.of(folder, key.verifier()).head().size();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
        if (verified != epoch) throw new IllegalStateException(verified + " epochs of " + epoch);
    }
}
