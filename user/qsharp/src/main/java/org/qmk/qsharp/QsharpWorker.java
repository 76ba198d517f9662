package org.qmk.qsharp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process that answers each line with a line. A request that fails in any way leaves it in no
/// known state: then it is closed, which kills it.
final class QsharpWorker implements AutoCloseable {

    /// The longest answer that is read.
    static final int ANSWER_MAX = 64 << 20;

    private static final int COMPLAINT_MAX = 300;

    private final Process process;
    private final Path folder;
    private final BlockingQueue<Optional<byte[]>> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<byte[]> complaint = new CompletableFuture<>();

    private QsharpWorker(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /// Starts a process and awaits its first line.
    ///
    /// @param folder where it runs, which may be removed if it does not run
    static QsharpWorker start(List<String> command, Path folder, Duration deadline)
            throws QsharpFailure {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("NODE_OPTIONS");
        try {
            var worker = new QsharpWorker(builder.start(), folder);
            Thread.ofVirtual().start(worker::readAnswers);
            Thread.ofVirtual().start(worker::readComplaint);
            try {
                worker.next(deadline);
            } catch (QsharpFailure failure) {
                worker.close();
                throw failure;
            }
            return worker;
        } catch (IOException failed) {
            throw new QsharpFailure(QsharpRule.WORKER_ENDED, failed.getMessage(), folder);
        }
    }

    /// Sends a line and awaits the answer.
    byte[] answer(byte[] line, Duration deadline) throws QsharpFailure {
        // a process that does not read must not hold us up: the deadline is for both ways
        Thread.ofVirtual().start(() -> send(line));
        return next(deadline);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Kills the process.
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void send(byte[] line) {
        try {
            OutputStream to = process.getOutputStream();
            to.write(line);
            to.write('\n');
            to.flush();
        } catch (IOException _) {
            // it has ended, which the end of its output tells
        }
    }

    private byte[] next(Duration deadline) throws QsharpFailure {
        try {
            Optional<byte[]> answer = answers.poll(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                throw new QsharpFailure(QsharpRule.WORKER_LATE, deadline.toSeconds());
            }
            if (answer.isEmpty()) {
                throw new QsharpFailure(QsharpRule.WORKER_ENDED, complaint(), folder);
            }
            if (answer.get().length > ANSWER_MAX) {
                String why = "it is longer than " + ANSWER_MAX + " bytes";
                throw new QsharpFailure(QsharpRule.WORKER_ANSWER, why);
            }
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new QsharpFailure(QsharpRule.WORKER_ANSWER, "waiting was interrupted");
        }
    }

    private String complaint() {
        String said = new String(complaint.join(), StandardCharsets.UTF_8).strip();
        return said.lines().findFirst().orElse("no reason given");
    }

    /// One entry for each line, and an empty one at the end.
    private void readAnswers() {
        try (InputStream from = process.getInputStream()) {
            var line = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 16];
            for (int n = from.read(part); n >= 0; n = from.read(part)) {
                for (int i = 0; i < n; i++) {
                    if (part[i] == '\n') {
                        answers.add(Optional.of(line.toByteArray()));
                        line.reset();
                    } else if (line.size() <= ANSWER_MAX) {
                        line.write(part[i]);
                    }
                }
            }
        } catch (IOException _) {
            // it was killed; the end that follows says so
        }
        answers.add(Optional.empty());
    }

    private void readComplaint() {
        try (InputStream from = process.getErrorStream()) {
            complaint.complete(from.readNBytes(COMPLAINT_MAX));
            from.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            complaint.complete(new byte[0]); // nothing more came
        }
    }
}
