package org.qmk.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/// qsim in a process of its own, for benchmarks.
final class QsimPeer implements AutoCloseable {

    private final Process process;
    private final PrintStream requests;
    private final BufferedReader answers;

    /// @param nanos of one run
    /// @param weights squared moduli of the amplitudes of `STATES`
    record Answer(long nanos, double[] weights) {}

    /// The basis states that the script tells of.
    static final int[] STATES = {0, 1, 12345, 9876543};

    /// @param python an interpreter that has qsim
    /// @param script `checks/bench/qsim_peer.py`
    QsimPeer(Path python, Path script) throws IOException {
        process =
                new ProcessBuilder(python.toString(), script.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        requests = new PrintStream(process.getOutputStream(), true);
        answers = process.inputReader();
    }

    String version() throws IOException {
        return ask("version");
    }

    /// Runs a circuit once.
    ///
    /// @param fused qubits of the largest matrix that gates are made into
    Answer run(Path circuit, int fused, int threads) throws IOException {
        String[] words = ask("run %s %d %d".formatted(circuit, fused, threads)).split(" ");
        double[] weights = new double[words.length - 1];
        for (int i = 0; i < weights.length; i++) weights[i] = Double.parseDouble(words[i + 1]);
        return new Answer(Long.parseLong(words[0]), weights);
    }

    private String ask(String request) throws IOException {
        requests.println(request);
        String answer = answers.readLine();
        if (answer == null) throw new IOException("qsim gave no answer to: " + request);
        return answer;
    }

    @Override
    public void close() {
        requests.close();
        process.destroy();
    }
}
