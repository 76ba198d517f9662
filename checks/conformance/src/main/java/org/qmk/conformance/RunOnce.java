package org.qmk.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.machine.MachineFile;
import org.qmk.qasm.QasmReader;
import org.qmk.qasm.QasmReading;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// Runs one OpenQASM program in an embedded kernel with a journal and prints the counts, so that
/// two processes can be compared.
public final class RunOnce {

    private RunOnce() {}

    /// @param arguments program file, machine, seed, shots, folder for the journal
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        var policy = new JobPolicy(Long.parseLong(arguments[3]), Long.parseLong(arguments[2]));
        TreeMap<String, Long> counts = run(file, arguments[1], policy, Path.of(arguments[4]));
        for (var entry : counts.entrySet()) {
            System.out.println(entry.getKey() + " " + entry.getValue());
        }
    }

    /// The counts of a program; its journal is in the folder afterwards.
    ///
    /// @throws IllegalArgumentException if the program is not right
    static TreeMap<String, Long> run(Path file, String machine, JobPolicy policy, Path folder)
            throws IOException, EmbeddedKernel.RefusedException {
        var model = MachineFile.shipped(machine);
        try (var kernel = EmbeddedKernel.open(model, Simulators::choose, Optional.of(folder))) {
            return kernel.run(program(file), policy, _ -> {}).counts();
        }
    }

    static Verified program(Path file) throws IOException {
        return switch (QasmReader.read(Files.readAllBytes(file), file.toString())) {
            case QasmReading.Failed(var errors) ->
                    throw new IllegalArgumentException(errors.toString());
            case QasmReading.Ok(var graph, var _) ->
                    switch (Verifier.verify(graph)) {
                        case Verified program -> program;
                        case Rejected rejected ->
                                throw new IllegalArgumentException(rejected.toString());
                    };
        };
    }
}
