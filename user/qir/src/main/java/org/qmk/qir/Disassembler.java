package org.qmk.qir;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Turns LLVM bitcode into text with `llvm-dis`, in a process of its own that is killed when it
/// takes too long: a broken file may make LLVM abort, and must not take the JVM with it.
final class Disassembler {

    /// Names the program, where it is not to be looked for.
    static final String VARIABLE = "QMK_LLVM_DIS";

    private static final int VERSION_MIN = 19;
    private static final int VERSION_MAX = 30;
    private static final int COMPLAINT_MAX = 300;
    private static final Pattern VERSION = Pattern.compile("LLVM version (\\d{1,4})");

    private final Optional<String> named;
    private final List<Path> folders;
    private final Duration deadline;
    private final int bytesMax;

    /// What became of bitcode.
    sealed interface Outcome {
        record Text(byte[] text) implements Outcome {}

        record Refused(QirRule rule, String why) implements Outcome {}
    }

    /// What a process said and how it ended.
    private record Run(int exitCode, byte[] out, String complaint) {}

    /// @param named the program, if it is not to be looked for in the folders
    Disassembler(Optional<String> named, List<Path> folders, Duration deadline, int bytesMax) {
        this.named = named;
        this.folders = List.copyOf(folders);
        this.deadline = deadline;
        this.bytesMax = bytesMax;
    }

    /// The one that the environment names, or the newest on the path.
    static Disassembler ofEnvironment(Duration deadline, int bytesMax) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> folders =
                Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(path)
                        .flatMap(Disassembler::folder)
                        .toList();
        return new Disassembler(
                Optional.ofNullable(System.getenv(VARIABLE)), folders, deadline, bytesMax);
    }

    private static Stream<Path> folder(String name) {
        try {
            return name.isEmpty() ? Stream.empty() : Stream.of(Path.of(name));
        } catch (InvalidPathException _) {
            return Stream.empty(); // no folder has that name
        }
    }

    Outcome text(byte[] bitcode) {
        try {
            Optional<String> tool = tool();
            if (tool.isEmpty()) {
                return new Outcome.Refused(QirRule.BITCODE_TOOL, "there is none on the path");
            }
            int version = version(tool.get());
            if (version < VERSION_MIN) {
                String found = version == 0 ? "no llvm-dis" : "of version " + version;
                return new Outcome.Refused(QirRule.BITCODE_TOOL, tool.get() + " is " + found);
            }
            Optional<Run> run = run(List.of(tool.get(), "-o", "-", "-"), bitcode);
            if (run.isEmpty()) {
                String why = "it took longer than " + deadline.toSeconds() + " s";
                return new Outcome.Refused(QirRule.BITCODE, why);
            }
            Run ended = run.get();
            if (ended.exitCode == 0 && ended.out.length <= bytesMax) {
                return new Outcome.Text(ended.out);
            }
            String why =
                    ended.exitCode == 0 ? "its text is too long" : "llvm-dis: " + ended.complaint;
            return new Outcome.Refused(QirRule.BITCODE, why);
        } catch (IOException failed) {
            return new Outcome.Refused(
                    QirRule.BITCODE_TOOL, "it cannot be run, " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Outcome.Refused(QirRule.BITCODE, "reading was interrupted");
        }
    }

    private Optional<String> tool() {
        if (named.isPresent()) return named;
        for (int version = VERSION_MAX; version >= VERSION_MIN; version--) {
            Optional<String> found = find("llvm-dis-" + version);
            if (found.isPresent()) return found;
        }
        return find("llvm-dis");
    }

    private Optional<String> find(String name) {
        for (Path folder : folders) {
            Path file = folder.resolve(name);
            if (Files.isExecutable(file)) return Optional.of(file.toString());
        }
        return Optional.empty();
    }

    private int version(String tool) throws IOException, InterruptedException {
        Optional<Run> run = run(List.of(tool, "--version"), new byte[0]);
        if (run.isEmpty()) return 0;
        Matcher matcher = VERSION.matcher(new String(run.get().out, StandardCharsets.UTF_8));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /// Runs a command; nothing if it had to be killed.
    private Optional<Run> run(List<String> command, byte[] input)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        try {
            var out = new CompletableFuture<byte[]>();
            var complaint = new CompletableFuture<byte[]>();
            Thread.ofVirtual().start(() -> feed(process.getOutputStream(), input));
            Thread.ofVirtual().start(() -> drain(process.getInputStream(), bytesMax + 1, out));
            Thread.ofVirtual()
                    .start(() -> drain(process.getErrorStream(), COMPLAINT_MAX, complaint));
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            String said = new String(complaint.join(), StandardCharsets.UTF_8).strip();
            String line = said.lines().findFirst().orElse("no reason given");
            return Optional.of(new Run(process.exitValue(), out.join(), line));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void feed(OutputStream to, byte[] input) {
        try (to) {
            to.write(input);
        } catch (IOException _) {
            // it has ended or stopped reading; how it ended says why
        }
    }

    /// Reads up to a limit, and passes over the rest so that the process does not wait.
    private static void drain(InputStream from, int most, CompletableFuture<byte[]> into) {
        try (from) {
            into.complete(from.readNBytes(most));
            from.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            into.complete(new byte[0]); // nothing more came
        }
    }
}
