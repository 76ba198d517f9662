package org.qmk.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, which can be killed.
final class ServerProcess implements AutoCloseable {

    private static final String READY = "qmk: and at ";

    private final Process process;
    private final BufferedReader out;
    private final List<String> said = new ArrayList<>();

    /// @param user by whose name it is administered
    ServerProcess(Path config, String user) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.name=" + user));
        Optional<String> modules = Optional.ofNullable(System.getProperty("jdk.module.path"));
        if (modules.isPresent()) {
            command.addAll(
                    List.of(
                            "--enable-native-access=org.xerial.sqlitejdbc",
                            "--add-modules",
                            "ALL-MODULE-PATH",
                            "--module-path",
                            modules.get(),
                            "--module",
                            "qmk.cli/org.qmk.cli.Main",
                            "serve",
                            "--config"));
        } else {
            command.addAll(
                    List.of(
                            "--enable-native-access=ALL-UNNAMED",
                            "--class-path",
                            System.getProperty("java.class.path"),
                            ChildServer.class.getName()));
        }
        command.add(config.toString());
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Reads what it says until it serves.
    ///
    /// @return whether it does; false if it ended before
    boolean awaitReady() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.startsWith(READY)) return true;
        }
        return false;
    }

    /// What follows the words in a line that it said.
    Optional<String> after(String words) {
        for (String line : said) {
            int at = line.indexOf(words);
            if (at >= 0) return Optional.of(line.substring(at + words.length()).strip());
        }
        return Optional.empty();
    }

    List<String> said() {
        return said;
    }

    /// Ends it as a lack of power does, as far as one process goes.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Asks it to stop, and waits.
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IllegalStateException("it hangs");
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
