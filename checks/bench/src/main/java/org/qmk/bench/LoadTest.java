package org.qmk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Starts a server and loads it over HTTP with Bell jobs of 100 shots, in two ways. As fast as it
/// can: each connection submits, waits for its result, and submits the next. At a rate: jobs are
/// due at fixed times, and a job's latency counts from when it was due, so that a server that falls
/// behind cannot hide it.
///
/// Arguments: the repository's folder, then name=number pairs: `tenants`, `connections`, `seconds`,
/// `rate` of jobs a second. Writes docs/reference/load.md.
final class LoadTest {

    private static final int WARM_UP_SECONDS = 10;
    private static final int AS_FAST_AS_IT_CAN = 0;

    private LoadTest() {}

    /// What one load showed.
    private record Figures(long jobs, double seconds, long[] nanos) {
        double millis(double share) {
            return nanos.length == 0 ? 0 : nanos[(int) (share * (nanos.length - 1))] * 1e-6;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int tenants = number(arguments, "tenants", 100);
        int connections = number(arguments, "connections", 64);
        int seconds = number(arguments, "seconds", 60);
        int rate = number(arguments, "rate", 5_000);
        Path folder = Files.createTempDirectory("qmk-load-");
        try (var server = new LoadServer(root, folder, 0)) {
            int port = server.port();
            String admin = server.adminKey().orElseThrow();
            List<String> keys = new ArrayList<>();
            try (var connection = new LoadConnection(port)) {
                for (int i = 0; i < tenants; i++) keys.add(connection.create("t" + i, admin));
            }
            load(port, keys, connections, AS_FAST_AS_IT_CAN, WARM_UP_SECONDS);
            var table = new StringBuilder();
            for (List<String> of : List.of(keys, keys.subList(0, 1))) {
                for (int each : new int[] {AS_FAST_AS_IT_CAN, rate, rate / 2, rate / 5}) {
                    Figures figures = load(port, of, connections, each, seconds);
                    table.append(row(of.size(), connections, each, figures, server));
                }
            }
            Figures alone = load(port, keys.subList(0, 1), 1, AS_FAST_AS_IT_CAN, seconds / 4);
            table.append(row(1, 1, AS_FAST_AS_IT_CAN, alone, server));
            report(root, table, seconds, Files.size(folder.resolve("journal.qmkj")));
        }
    }

    static int number(String[] arguments, String name, int otherwise) {
        for (String argument : arguments) {
            if (argument.startsWith(name + "=")) {
                return Integer.parseInt(argument.substring(name.length() + 1));
            }
        }
        return otherwise;
    }

    private static Figures load(int port, List<String> keys, int connections, int rate, int seconds)
            throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long begun = System.nanoTime();
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                int first = i;
                long period = rate == 0 ? 0 : 1_000_000_000L * connections / rate;
                long due = begun + period * i / connections;
                Callable<long[]> work =
                        () -> drive(port, keys, first, connections, due, period, end);
                running.add(threads.submit(work));
            }
        }
        double took = (System.nanoTime() - begun) * 1e-9;
        List<long[]> parts = new ArrayList<>();
        int count = 0;
        for (Future<long[]> part : running) {
            parts.add(part.get());
            count += part.get().length;
        }
        long[] nanos = new long[count];
        int at = 0;
        for (long[] part : parts) {
            System.arraycopy(part, 0, nanos, at, part.length);
            at += part.length;
        }
        Arrays.sort(nanos);
        return new Figures(count, took, nanos);
    }

    /// One connection: submits, waits, counts, for tenants in turn.
    ///
    /// @param due when the first job is due
    /// @param period from one job's due time to the next; 0 if each is due when the last has ended
    private static long[] drive(
            int port, List<String> keys, int first, int step, long due, long period, long end) {
        long[] nanos = new long[1 << 10];
        int count = 0;
        try (var connection = new LoadConnection(port)) {
            long next = due;
            for (long tenant = first; next < end && System.nanoTime() < end; tenant += step) {
                long early = next - System.nanoTime();
                if (period > 0 && early > 0) LockSupport.parkNanos(early);
                connection.bell(keys.get((int) (tenant % keys.size())));
                long ended = System.nanoTime();
                if (count == nanos.length) nanos = Arrays.copyOf(nanos, 2 * count);
                nanos[count++] = ended - next;
                next = period == 0 ? ended : next + period;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Arrays.copyOf(nanos, count);
    }

    private static String row(
            int tenants, int connections, int rate, Figures figures, LoadServer server)
            throws IOException {
        String row =
                "| %d | %d | %s | %.0f | %.2f | %.2f | %d |%n"
                        .formatted(
                                tenants,
                                connections,
                                rate == 0 ? "as fast as it can" : rate + "/s",
                                figures.jobs() / figures.seconds(),
                                figures.millis(0.50),
                                figures.millis(0.99),
                                server.residentMegabytes());
        System.out.print(row);
        return row;
    }

    private static void report(Path root, CharSequence table, int seconds, long journalBytes)
            throws IOException {
        String text =
                """
                # Load

                Made by `checks/bench/run load`: a server and its clients on \
                one machine of %d processors, Java %s, load average %.1f at the end. Bell jobs of \
                100 shots over HTTP on loopback,
                %d s a row; the journal (%.0f MB at the end) is forced to the disk before anyone \
                is answered.

                | tenants | connections | jobs are due | jobs/s \
                | submit to result, p50 in ms | p99 in ms | memory of the server in MB |
                |---|---|---|---|---|---|---|
                %s
                Where each connection submits as soon as it was answered, the time a \
                job takes is the number of connections over the rate, by Little's law: 64 \
                connections take 2 ms each only from
                a server that does 32,000 jobs a second. At a fixed rate the time \
                counts from when a job was due.
                """
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version(),
                                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                                seconds,
                                journalBytes * 1e-6,
                                table);
        Files.writeString(root.resolve("docs/reference/load.md"), text);
    }
}
