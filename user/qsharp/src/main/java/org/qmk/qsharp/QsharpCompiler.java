package org.qmk.qsharp;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Compiles Q# programs, one at a time. The process that does it is started with the first program
/// and serves all that follow; one that is late or broken is killed, and the next program gets
/// another.
public final class QsharpCompiler implements AutoCloseable {

    /// Names the folder for what can be made again, instead of the usual one.
    private static final String CACHE_VARIABLE = "QMK_CACHE";

    /// How long a program may take.
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final int SOURCE_BYTES_MAX = 4 << 20;

    private final String path;
    private final QsharpFolder folder;
    private final Duration deadline;
    private Optional<QsharpWorker> worker = Optional.empty();

    /// @param path folders in which node and npm are looked for, as the environment lists them
    /// @param cache where the package is installed
    /// @param deadline of one program
    QsharpCompiler(String path, Path cache, Duration deadline) {
        this.path = path;
        this.folder = new QsharpFolder(cache);
        this.deadline = deadline;
    }

    /// The one that the environment describes. Nothing is started or looked for yet.
    public static QsharpCompiler ofEnvironment() {
        return new QsharpCompiler(variable("PATH").orElse(""), cache(), DEADLINE);
    }

    private static Path cache() {
        return variable(CACHE_VARIABLE)
                .flatMap(QsharpCompiler::folder)
                .or(
                        () ->
                                variable("XDG_CACHE_HOME")
                                        .flatMap(QsharpCompiler::folder)
                                        .map(each -> each.resolve("qmk")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "qmk"));
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<Path> folder(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name).toAbsolutePath());
        } catch (InvalidPathException _) {
            return Optional.empty(); // no folder has that name
        }
    }

    /// Compiles a program to QIR. The first program of a user installs the compiler.
    ///
    /// @param fileName what diagnostics call the program
    public synchronized QsharpCompiled compile(
            byte[] source, String fileName, QsharpProfile profile) {
        try {
            String text = text(source);
            boolean first = !folder.isInstalled();
            QsharpWorker ready = ready();
            List<String> warnings =
                    first
                            ? List.of("the Q# compiler was installed into " + folder.path())
                            : List.of();
            try {
                byte[] request = QsharpMessages.request(fileName, text, profile);
                return QsharpMessages.answer(ready.answer(request, deadline), warnings);
            } catch (QsharpFailure failure) {
                close();
                throw failure;
            }
        } catch (QsharpFailure failure) {
            return new QsharpCompiled.Failed(
                    List.of(
                            new QsharpDiagnostic(
                                    failure.rule(), fileName, 0, 0, failure.getMessage())));
        }
    }

    /// Ends the process, if there is one.
    @Override
    public synchronized void close() {
        worker.ifPresent(QsharpWorker::close);
        worker = Optional.empty();
    }

    private static String text(byte[] source) throws QsharpFailure {
        if (source.length > SOURCE_BYTES_MAX) {
            throw new QsharpFailure(QsharpRule.BOUND_SOURCE, source.length, SOURCE_BYTES_MAX);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source)).toString();
        } catch (CharacterCodingException _) {
            throw new QsharpFailure(QsharpRule.TEXT);
        }
    }

    private QsharpWorker ready() throws QsharpFailure {
        if (worker.isPresent() && worker.get().isAlive()) return worker.get();
        close();
        Path node = find("node");
        if (!folder.isInstalled()) folder.install(find("npm"));
        QsharpWorker started =
                QsharpWorker.start(List.of(node.toString(), "worker.mjs"), folder.path(), deadline);
        worker = Optional.of(started);
        return started;
    }

    private Path find(String name) throws QsharpFailure {
        for (String each : path.split(Pattern.quote(File.pathSeparator))) {
            for (String ending : List.of("", ".exe", ".cmd")) {
                Optional<Path> file = folder(each).map(at -> at.resolve(name + ending));
                if (file.isPresent()
                        && Files.isRegularFile(file.get())
                        && Files.isExecutable(file.get())) {
                    return file.get();
                }
            }
        }
        throw new QsharpFailure(QsharpRule.NODE, name);
    }
}
