package org.qmk.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.qmk.sim.loops.LoopChoice;

/// What a page of figures says of how they came about.
final class MeasuredOn {

    private MeasuredOn() {}

    static String line(String report, String commit, String stim) throws IOException {
        return "Made by `checks/bench/run %s` at commit %s on %s: %s, JDK %s, %s, Stim %s."
                        .formatted(
                                report,
                                commit,
                                LocalDate.now(ZoneOffset.UTC),
                                processor(),
                                Runtime.version(),
                                LoopChoice.isVector() ? "vector loops" : "scalar loops",
                                stim)
                + " One thread on both sides, CPU time, in turn; medians.\n\n";
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) return System.getProperty("os.arch");
        String model = "";
        String flags = "";
        for (String line : Files.readAllLines(file)) {
            String value = line.substring(line.indexOf(':') + 1).trim();
            if (line.startsWith("model name")) model = value;
            if (line.startsWith("flags")) flags = value;
        }
        return model + (flags.contains("avx512f") ? " (AVX-512)" : "");
    }
}
