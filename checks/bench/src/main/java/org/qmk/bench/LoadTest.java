package org.qmk.bench;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Starts a server and loads it over HTTP: each connection submits a Bell job of 100 shots, waits
/// for its result, and submits the next.
///
/// Arguments: the repository's folder, then name=number pairs: `tenants`, `connections`, `seconds`.
final class LoadTest {

    private static final String PROGRAM =
            "OPENQASM 3; include \\\"stdgates.inc\\\"; qubit[2] q; bit[2] c; h q[0];"
                    + " cx q[0], q[1]; c = measure q;";

    private static final Pattern KEY = Pattern.compile("qmk_[0-9a-zA-Z_-]+");
    private static final Pattern PORT = Pattern.compile("serving at http://127.0.0.1:([0-9]+)");
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
        Process server =
                new ProcessBuilder(
                                root.resolve("qmk").toString(),
                                "serve",
                                "--listen",
                                "127.0.0.1:0",
                                "--data-dir",
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            var said = new BufferedReader(new InputStreamReader(server.getInputStream()));
            String admin = find(said, KEY).group();
            int port = Integer.parseInt(find(said, PORT).group(1));
            List<String> keys = new ArrayList<>();
            try (var connection = new Connection(port)) {
                for (int i = 0; i < tenants; i++) keys.add(connection.create("t" + i, admin));
            }
            load(port, keys, connections, WARM_UP_SECONDS);
            print(tenants, connections, load(port, keys, connections, seconds), server);
            print(1, connections, load(port, keys.subList(0, 1), connections, seconds), server);
            print(1, 1, load(port, keys.subList(0, 1), 1, seconds / 4), server);
            long bytes = Files.size(folder.resolve("journal.qmkj"));
            System.out.printf("journal: %.1f MB%n", bytes * 1e-6);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static int number(String[] arguments, String name, int otherwise) {
        for (String argument : arguments) {
            if (argument.startsWith(name + "=")) {
                return Integer.parseInt(argument.substring(name.length() + 1));
            }
        }
        return otherwise;
    }

    private static Matcher find(BufferedReader said, Pattern wanted) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            Matcher matcher = wanted.matcher(line);
            if (matcher.find()) return matcher;
        }
        throw new IOException("the server did not start:\n" + all);
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
        try (var connection = new Connection(port)) {
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

    private static void print(int tenants, int connections, Figures figures, Process server)
            throws IOException {
        System.out.printf(
                "%d tenants, %d connections: %.0f jobs/s, submit to result p50 %.2f ms,"
                        + " p99 %.2f ms, server memory %d MB%n",
                tenants,
                connections,
                figures.jobs() / figures.seconds(),
                figures.millis(0.50),
                figures.millis(0.99),
                residentMegabytes(server).orElse(0L));
    }

    private static Optional<Long> residentMegabytes(Process process) throws IOException {
        Path status = Path.of("/proc/%d/status".formatted(process.pid()));
        if (!Files.exists(status)) return Optional.empty();
        for (String line : Files.readAllLines(status)) {
            if (!line.startsWith("VmRSS:")) continue;
            return Optional.of(Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024);
        }
        return Optional.empty();
    }

    /// HTTP with as little work as can be: what is measured is the server, on the same cores.
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final InputStream in;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        }

        String create(String name, String key) throws IOException {
            String answer =
                    call(key, "q_tenant_create", "{\"name\":\"%s\"}".formatted(name));
            Matcher made = KEY.matcher(answer);
            if (!made.find()) throw new IOException(answer);
            return made.group();
        }

        void bell(String key) throws IOException {
            String answer =
                    call(
                            key,
                            "q_submit",
                            "{\"source\":\"%s\",\"wait\":true,\"policy\":{\"shots\":100}}"
                                    .formatted(PROGRAM));
            if (!answer.contains("\"state\":\"COMPLETED\"")) throw new IOException(answer);
        }

        private String call(String key, String method, String params) throws IOException {
            String body =
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
                            .formatted(method, params);
            String request =
                    "POST /rpc HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                    .formatted(key)
                            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(body.length())
                            + body;
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            int length = -1;
            for (String line = line(); !line.isEmpty(); line = line()) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            if (length < 0) throw new IOException("an answer without a length");
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) throw new IOException("the server went away");
                if (b != '\r') line.append((char) b);
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
