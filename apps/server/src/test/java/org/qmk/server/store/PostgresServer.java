package org.qmk.server.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL server of Debian's packages, on a loopback port, with a folder of its own.
final class PostgresServer implements AutoCloseable {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    /// PostgreSQL does not run as root.
    private static final String USER = "postgres";

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /// Starts one; installs the package first if it is missing and this is root. Nothing, and a
    /// line that says why, where it cannot be had.
    static Optional<PostgresServer> start() throws IOException {
        Optional<Path> programs = programs();
        if (programs.isEmpty() && ROOT && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            install();
            programs = programs();
        }
        if (programs.isEmpty()) {
            System.out.println(
                    "skipped: no PostgreSQL in "
                            + VERSIONS
                            + ", and it could not be installed; apt-get install postgresql");
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("qmk-postgres");
        if (ROOT) {
            var users = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, users.lookupPrincipalByName(USER));
        }
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var server = new PostgresServer(programs.get(), folder, port);
        server.run("initdb", "-D", server.data(), "-A", "trust", "-U", "qmk", "--no-sync");
        server.up();
        return Optional.of(server);
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) return Optional.empty();
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        }
    }

    private static void install() throws IOException {
        List<String> command =
                List.of("apt-get", "install", "-y", "--no-install-recommends", "postgresql");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        process.onExit().completeOnTimeout(process, 3, TimeUnit.MINUTES).join().destroy();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /// Starts it again.
    void up() throws IOException {
        String options =
                "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
                        .formatted(port);
        String log = folder.resolve("log").toString();
        run("pg_ctl", "-D", data(), "-w", "-t", "30", "-l", log, "-o", options, "start");
    }

    /// Stops it as a crash would.
    void down() throws IOException {
        run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }

    /// @param schema the tables of one test
    String url(String schema) {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=qmk&currentSchema=%s"
                .formatted(port, schema);
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (ROOT) command.addAll(List.of("runuser", "-u", USER, "--"));
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("qmk-postgres", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (process.onExit().join().exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException {
        down();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
