package org.qmk.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.codec.GraphReader;
import org.qmk.codec.Reading;
import org.qmk.mlir.MlirReader;
import org.qmk.mlir.MlirReading;
import org.qmk.qasm.QasmDiagnostic;
import org.qmk.qasm.QasmReader;
import org.qmk.qasm.QasmReading;
import org.qmk.qasm.QasmSettings;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitReader;
import org.qmk.qir.QirDiagnostic;
import org.qmk.qir.QirOutputs;
import org.qmk.qir.QirReader;
import org.qmk.qir.QirReading;
import org.qmk.qsharp.QsharpCompiled;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Violation;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// What became of a file that should be a program: a graph that may run, or all that is wrong.
public sealed interface Loading {

    /// @param warnings one line each
    /// @param outputs of QIR, what the program records
    record Accepted(Verified program, List<String> warnings, Optional<QirOutputs> outputs)
            implements Loading {}

    /// @param diagnostics at least one
    /// @param omitted how many more there are
    /// @param warnings one line each
    record Refused(List<Diagnostic> diagnostics, long omitted, List<String> warnings)
            implements Loading {

        /// All that is to be said, a line each.
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (String warning : warnings) lines.add("warning: " + warning);
            for (Diagnostic diagnostic : diagnostics) lines.add(diagnostic.text());
            if (omitted > 0) lines.add("... and %d more".formatted(omitted));
            return lines;
        }
    }

    /// Reads a program in whatever form it is, and verifies it.
    ///
    /// @param name what diagnostics call the file
    static Loading of(String name, byte[] bytes) {
        return of(name, bytes, LoadSettings.DEFAULT);
    }

    /// Reads a program in whatever form it is, and verifies it.
    ///
    /// @param name what diagnostics call the file
    /// @param settings what the text of the program leaves open
    static Loading of(String name, byte[] bytes, LoadSettings settings) {
        return switch (SourceForm.of(bytes, name)) {
            case OPENQASM -> ofQasm(name, bytes, settings.qasm());
            case QVM -> ofQvm(name, bytes);
            case LLVM_IR -> ofQir(name, QirReader.read(bytes, name, settings.qir()), List.of());
            case LLVM_BITCODE ->
                    ofQir(name, QirReader.readBitcode(bytes, name, settings.qir()), List.of());
            case QSHARP -> ofQsharp(name, bytes, settings);
            case MLIR -> ofMlir(name, bytes);
            case STIM -> ofStim(name, bytes);
            case EMPTY -> refused(name, SourceRule.EMPTY);
            case UNKNOWN -> refused(name, SourceRule.UNKNOWN);
        };
    }

    private static Loading ofQasm(String name, byte[] bytes, QasmSettings settings) {
        return switch (QasmReader.read(bytes, name, settings)) {
            case QasmReading.Ok(var graph, var found) ->
                    verified(name, graph, found.stream().map(QasmDiagnostic::text).toList());
            case QasmReading.Failed(var errors) ->
                    refused(errors.stream().map(error -> Diagnostic.of(name, error)).toList());
        };
    }

    private static Loading ofQir(String name, QirReading reading, List<String> before) {
        return switch (reading) {
            case QirReading.Ok(var graph, var outputs, var found) -> {
                List<String> warnings = new ArrayList<>(before);
                for (QirDiagnostic each : found) warnings.add(each.text());
                yield verified(name, graph, warnings, Optional.of(outputs));
            }
            case QirReading.Failed(var errors) ->
                    refused(errors.stream().map(error -> Diagnostic.of(name, error)).toList());
        };
    }

    private static Loading ofQsharp(String name, byte[] bytes, LoadSettings settings) {
        if (settings.qsharp().isEmpty()) return refused(name, SourceRule.QSHARP);
        LoadSettings.QsharpUse use = settings.qsharp().get();
        return switch (use.compiler().compile(bytes, name, use.profile())) {
            case QsharpCompiled.Qir(var text, var warnings) -> {
                String qir = name + ".ll"; // its lines are not those of the program
                byte[] read = text.getBytes(StandardCharsets.UTF_8);
                yield ofQir(qir, QirReader.read(read, qir, settings.qir()), warnings);
            }
            case QsharpCompiled.Failed(var errors) ->
                    refused(errors.stream().map(Diagnostic::of).toList());
        };
    }

    private static Loading ofMlir(String name, byte[] bytes) {
        return switch (MlirReader.read(bytes, name)) {
            case MlirReading.Ok(var graph) -> verified(name, graph, List.of());
            case MlirReading.Failed(var error) -> refused(List.of(Diagnostic.of(error)));
        };
    }

    private static Loading ofStim(String name, byte[] bytes) {
        try {
            Circuit circuit = CircuitReader.read(new ByteArrayInputStream(bytes));
            return verified(name, StimGraph.of(circuit), List.of());
        } catch (StimGraph.StimRefusal refusal) {
            return refused(name, refusal.rule());
        } catch (QecFailure failure) {
            return refused(List.of(Diagnostic.of(name, failure)));
        } catch (IOException failed) {
            throw new UncheckedIOException("memory cannot be read", failed);
        }
    }

    private static Loading ofQvm(String name, byte[] bytes) {
        return switch (GraphReader.read(bytes)) {
            case Reading.Ok(var graph, var found) ->
                    verified(name, graph, found.stream().map(text -> name + ": " + text).toList());
            case Reading.Failed(var errors) ->
                    refused(errors.stream().map(error -> Diagnostic.of(name, error)).toList());
        };
    }

    private static Loading verified(String name, Graph graph, List<String> warnings) {
        return verified(name, graph, warnings, Optional.empty());
    }

    private static Loading verified(
            String name, Graph graph, List<String> warnings, Optional<QirOutputs> outputs) {
        return switch (Verifier.verify(graph)) {
            case Verified program -> new Accepted(program, warnings, outputs);
            case Rejected(var violations, long omitted) -> {
                List<Diagnostic> diagnostics = new ArrayList<>();
                for (Violation violation : violations) {
                    diagnostics.add(Diagnostic.of(name, graph, violation));
                }
                yield new Refused(diagnostics, omitted, warnings);
            }
        };
    }

    private static Refused refused(String name, SourceRule rule) {
        return refused(List.of(Diagnostic.of(name, rule)));
    }

    private static Refused refused(List<Diagnostic> diagnostics) {
        return new Refused(diagnostics, 0, List.of());
    }
}
