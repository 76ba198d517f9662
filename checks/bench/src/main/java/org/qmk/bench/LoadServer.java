package org.qmk.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a process of its own, started as a user would.
final class LoadServer implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("serving at http://127.0.0.1:([0-9]+)");

    private final Process process;
    private final int port;
    private final Optional<String> adminKey;

    /// @param port 0 for any that is free
    LoadServer(Path root, Path folder, int port) throws IOException {
        process =
                new ProcessBuilder(
                                root.resolve("qmk").toString(),
                                "serve",
                                "--listen",
                                "127.0.0.1:" + port,
                                "--data-dir",
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        var said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        Optional<String> key = Optional.empty();
        Optional<String> serving = Optional.empty();
        while (serving.isEmpty()) {
            String line = said.readLine();
            if (line == null) throw new IOException("the server did not start:\n" + all);
            all.append(line).append('\n');
            Matcher made = LoadConnection.KEY.matcher(line);
            if (key.isEmpty() && made.find()) key = Optional.of(made.group());
            Matcher address = PORT.matcher(line);
            if (address.find()) serving = Optional.of(address.group(1));
        }
        this.port = Integer.parseInt(serving.get());
        this.adminKey = key;
        // Nobody reads the rest; a pipe that is full would stop the server.
        Thread.ofVirtual().start(() -> drain(said));
    }

    private static void drain(BufferedReader said) {
        try {
            while (said.readLine() != null) {}
        } catch (IOException killed) {
            // The pipe closes with the process.
        }
    }

    int port() {
        return port;
    }

    /// The key that the first start of a folder shows.
    Optional<String> adminKey() {
        return adminKey;
    }

    /// Memory of the process; 0 where the system does not tell.
    long residentMegabytes() throws IOException {
        Path status = Path.of("/proc/%d/status".formatted(process.pid()));
        if (!Files.exists(status)) return 0;
        for (String line : Files.readAllLines(status)) {
            if (!line.startsWith("VmRSS:")) continue;
            return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
        }
        return 0;
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Stops it as an operator would.
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
