package org.qmk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Starts a server and loads it over HTTP: each connection submits a Bell job of 100 shots, waits
/// for its result, and submits the next.
///
/// Arguments: the repository's folder, then name=number pairs: `tenants`, `connections`, `seconds`.
final class LoadTest {

    private static final int WARM_UP_SECONDS = 10;

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
        Path folder = Files.createTempDirectory("qmk-load-");
        try (var server = new LoadServer(root, folder, 0)) {
            int port = server.port();
            String admin = server.adminKey().orElseThrow();
            List<String> keys = new ArrayList<>();
            try (var connection = new LoadConnection(port)) {
                for (int i = 0; i < tenants; i++) keys.add(connection.create("t" + i, admin));
            }
            load(port, keys, connections, WARM_UP_SECONDS);
            print(tenants, connections, load(port, keys, connections, seconds), server);
            print(1, connections, load(port, keys.subList(0, 1), connections, seconds), server);
            print(1, 1, load(port, keys.subList(0, 1), 1, seconds / 4), server);
            long bytes = Files.size(folder.resolve("journal.qmkj"));
            System.out.printf("journal: %.1f MB%n", bytes * 1e-6);
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

    private static Figures load(int port, List<String> keys, int connections, int seconds)
            throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long begun = System.nanoTime();
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                int first = i;
                Callable<long[]> work = () -> drive(port, keys, first, connections, end);
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
    private static long[] drive(int port, List<String> keys, int first, int step, long end) {
        long[] nanos = new long[1 << 10];
        int count = 0;
        try (var connection = new LoadConnection(port)) {
            for (long tenant = first; System.nanoTime() < end; tenant += step) {
                long begun = System.nanoTime();
                connection.bell(keys.get((int) (tenant % keys.size())));
                if (count == nanos.length) nanos = Arrays.copyOf(nanos, 2 * count);
                nanos[count++] = System.nanoTime() - begun;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Arrays.copyOf(nanos, count);
    }

    private static void print(int tenants, int connections, Figures figures, LoadServer server)
            throws IOException {
        System.out.printf(
                "%d tenants, %d connections: %.0f jobs/s, submit to result p50 %.2f ms,"
                        + " p99 %.2f ms, server memory %d MB%n",
                tenants,
                connections,
                figures.jobs() / figures.seconds(),
                figures.millis(0.50),
                figures.millis(0.99),
                server.residentMegabytes());
    }
}
