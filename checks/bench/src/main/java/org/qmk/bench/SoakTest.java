package org.qmk.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Loads a server for a long time, kills it now and then, is rude to it, and looks at the end
/// whether every job that was acknowledged is there once.
///
/// Arguments: the repository's folder, then name=number pairs: `seconds`, `connections`, `rate` of
/// jobs a second, `kill` seconds between two kills, `seed`. Writes docs/reference/soak.md.
final class SoakTest {

    private static final Pattern JOB = Pattern.compile("\"job_id\":([0-9]+)");

    private final Path root;
    private final Path folder;
    private final int seconds;
    private final int connections;
    private final int rate;
    private final int killSeconds;
    private final SplittableRandom random;
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong rude = new AtomicLong();
    private final List<Long> restartMillis = new ArrayList<>();
    private final List<Long> memory = new ArrayList<>();
    private volatile boolean over;

    private SoakTest(String[] arguments) throws IOException {
        root = Path.of(arguments[0]).toRealPath();
        folder = Files.createTempDirectory("qmk-soak-");
        seconds = LoadTest.number(arguments, "seconds", 1800);
        connections = LoadTest.number(arguments, "connections", 8);
        rate = LoadTest.number(arguments, "rate", 50);
        killSeconds = LoadTest.number(arguments, "kill", 90);
        random = new SplittableRandom(LoadTest.number(arguments, "seed", 1));
    }

    public static void main(String[] arguments) throws Exception {
        new SoakTest(arguments).run();
    }

    private void run() throws Exception {
        LoadServer server = new LoadServer(root, folder, 0);
        port.set(server.port());
        List<String> keys = new ArrayList<>();
        try (var connection = new LoadConnection(server.port())) {
            for (int i = 0; i < connections; i++) {
                keys.add(connection.create("t" + i, server.adminKey().orElseThrow()));
            }
        }
        List<Thread> clients = new ArrayList<>();
        long[] submitted = new long[connections];
        for (int i = 0; i < connections; i++) {
            int number = i;
            clients.add(
                    Thread.ofPlatform()
                            .start(() -> submitted[number] = submit(number, keys.get(number))));
        }
        Thread boor = Thread.ofPlatform().start(this::beRude);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            long next =
                    System.nanoTime()
                            + TimeUnit.SECONDS.toNanos(
                                    killSeconds / 2 + random.nextInt(killSeconds));
            while (System.nanoTime() < Math.min(next, end)) {
                Thread.sleep(1_000);
                memory.add(server.residentMegabytes());
            }
            if (System.nanoTime() >= end) break;
            server.kill();
            long begun = System.nanoTime();
            server = new LoadServer(root, folder, port.get());
            restartMillis.add((System.nanoTime() - begun) / 1_000_000);
        }
        over = true;
        for (Thread client : clients) client.join();
        boor.join();
        List<String> wrong = check(keys, submitted);
        server.close();
        wrong.addAll(command("replay", folder.toString()));
        wrong.addAll(
                command(
                        "audit",
                        "verify",
                        folder.resolve("audit").toString(),
                        "--key",
                        Files.readString(folder.resolve("audit.pub")).strip()));
        report(wrong);
    }

    /// Submits jobs one after another until the time is over, each as often as it takes.
    ///
    /// @return how many were acknowledged
    private long submit(int number, String key) {
        long period = 1_000_000_000L * connections / rate;
        long next = System.nanoTime();
        long count = 0;
        LoadConnection connection = null;
        while (!over) {
            try {
                if (connection == null) connection = new LoadConnection(port.get());
                connection.bell(key, "%d-%d".formatted(number, count));
                count++;
                acknowledged.incrementAndGet();
                next = Math.max(next + period, System.nanoTime() - period);
                long left = next - System.nanoTime();
                if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
            } catch (IOException gone) {
                retries.incrementAndGet();
                connection = null;
                pause();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return count;
            }
        }
        return count;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Half requests, garbage, and clients that go away.
    private void beRude() {
        var dice = new SplittableRandom(7);
        while (!over) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port.get())) {
                byte[] garbage = new byte[1 + dice.nextInt(4_096)];
                dice.nextBytes(garbage);
                byte[] half =
                        "POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{\"json"
                                .getBytes(StandardCharsets.US_ASCII);
                socket.getOutputStream().write(dice.nextBoolean() ? garbage : half);
                socket.getOutputStream().flush();
                rude.incrementAndGet();
            } catch (IOException gone) {
                // As often as not the server has just been killed.
                pause();
            }
            pause();
        }
    }

    /// Every acknowledged job is there, has ended, and is there once.
    private List<String> check(List<String> keys, long[] submitted) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (var connection = new LoadConnection(port.get())) {
            for (int i = 0; i < connections; i++) {
                long jobs = 0;
                long completed = 0;
                long before = 0;
                while (true) {
                    String page =
                            connection.call(
                                    keys.get(i),
                                    "q_jobs",
                                    "{\"limit\":1000,\"before\":%d}".formatted(before));
                    Matcher job = JOB.matcher(page);
                    int found = 0;
                    while (job.find()) {
                        found++;
                        before = Long.parseLong(job.group(1));
                    }
                    jobs += found;
                    completed += page.split("\"state\":\"COMPLETED\"", -1).length - 1;
                    if (found < 1_000) break;
                }
                // The last job may have been accepted and not acknowledged when time was over.
                if (jobs < submitted[i] || jobs > submitted[i] + 1 || completed < submitted[i]) {
                    wrong.add(
                            "tenant t%d: %d jobs acknowledged, %d there, %d completed"
                                    .formatted(i, submitted[i], jobs, completed));
                }
            }
        }
        return wrong;
    }

    private List<String> command(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(root.resolve("qmk").toString());
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        System.out.println(said.strip());
        return status == 0 ? List.of() : List.of("qmk " + arguments[0] + ": " + said.strip());
    }

    private void report(List<String> wrong) throws IOException {
        long restart = restartMillis.stream().mapToLong(Long::longValue).max().orElse(0);
        long journal = Files.size(folder.resolve("journal.qmkj"));
        int tenth = Math.max(1, memory.size() / 10);
        String text =
                """
                # Soak

                Made by `checks/bench/run soak seconds=%d connections=%d rate=%d kill=%d`.

                | what | figure |
                |---|---|
                | time | %d s |
                | jobs acknowledged | %d |
                | kills (`kill -9`) and restarts | %d |
                | longest restart, replaying the whole journal | %d ms |
                | requests sent again after a lost connection | %d |
                | rude clients (garbage, half requests) | %d |
                | memory, mean of the first tenth, of the last tenth, most | %d, %d, %d MB |
                | journal | %.1f MB |
                | jobs lost, run twice or not completed; journal or log that differ | %s |
                """
                        .formatted(
                                seconds,
                                connections,
                                rate,
                                killSeconds,
                                seconds,
                                acknowledged.get(),
                                restartMillis.size(),
                                restart,
                                retries.get(),
                                rude.get(),
                                mean(memory.subList(0, tenth)),
                                mean(memory.subList(memory.size() - tenth, memory.size())),
                                memory.stream().mapToLong(Long::longValue).max().orElse(0),
                                journal * 1e-6,
                                wrong.isEmpty() ? "none" : String.join("; ", wrong));
        System.out.print(text);
        Files.writeString(root.resolve("docs/reference/soak.md"), text);
        if (!wrong.isEmpty()) System.exit(1);
    }

    private static long mean(List<Long> values) {
        return Math.round(values.stream().mapToLong(Long::longValue).average().orElse(0));
    }
}
