package org.qmk.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/// Stim in a process of its own, for benchmarks: a request a line, an answer a line.
final class StimPeer implements AutoCloseable {

    private final Process process;
    private final PrintStream requests;
    private final BufferedReader answers;

    /// @param python an interpreter that has Stim
    /// @param script `checks/bench/stim_peer.py`
    StimPeer(Path python, Path script) throws IOException {
        process =
                new ProcessBuilder(python.toString(), script.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        requests = new PrintStream(process.getOutputStream(), true);
        answers = process.inputReader();
    }

    /// The words of the answer to a request.
    String[] ask(String request) throws IOException {
        requests.println(request);
        String answer = answers.readLine();
        if (answer == null) throw new IOException("Stim gave no answer to: " + request);
        return answer.split(" ");
    }

    @Override
    public void close() {
        requests.close();
        process.destroy();
    }
}
