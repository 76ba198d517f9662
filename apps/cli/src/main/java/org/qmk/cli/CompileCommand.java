package org.qmk.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.qmk.codec.GraphWriter;
import org.qmk.mlir.MlirWriter;
import org.qmk.optimizer.OptimizedProgram;
import org.qmk.optimizer.Optimizer;
import org.qmk.optimizer.OptimizerSettings;
import org.qmk.optimizer.ProgramFigures;
import org.qmk.qasm.QasmWriter;
import org.qmk.qasm.Written;
import org.qmk.qir.QirWriter;
import org.qmk.qir.QirWritten;
import org.qmk.qvm.Graph;
import org.qmk.source.Diagnostic;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `qmk compile`: lowers a program to a QVM graph, optimises it and writes it in another form.
final class CompileCommand implements Command {

    private final String in;
    private final Optional<String> out;
    private final Optional<GraphForm> to;
    private final LoadSettings settings;
    private final OptimizationChoice optimization;

    private CompileCommand(ParseResult arguments) {
        in = arguments.matchedPositionalValue(0, "");
        out = Optional.ofNullable(arguments.matchedOptionValue("--output", (String) null));
        to = Optional.ofNullable(arguments.matchedOptionValue("--to", (GraphForm) null));
        settings = LoadChoice.of(arguments);
        optimization = OptimizationChoice.of(arguments);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        CompileCommand::new,
                        "compile",
                        "Lower a program to QVM, optimise it, or convert it to another form.",
                        "Verifies the program before it writes anything. A file is written whole or"
                                + " not at all.");
        spec.addPositional(QmkCommand.operand("IN", "The program; - is standard input."));
        spec.addOption(
                QmkCommand.option("OUT", "-o", "--output")
                        .description("The file to write. Default: standard output.")
                        .build());
        spec.addOption(
                QmkCommand.option("FORM", "--to")
                        .type(GraphForm.class)
                        .converters(CompileCommand::formOf)
                        .completionCandidates(GraphForm.texts())
                        .description(
                                "${COMPLETION-CANDIDATES}.",
                                "Default: what the ending of OUT says; qvm on standard output.")
                        .build());
        OptimizationChoice.addTo(spec);
        LoadChoice.addTo(spec);
        LoadChoice.addQsharpTo(spec);
        return QmkCommand.withExamples(
                spec,
                "qmk compile examples/bell.qasm",
                "qmk compile examples/teleport.qasm -o teleport.qvm.json",
                "qmk compile teleport.qvm.json --to qasm3",
                "qmk compile examples/shor.qasm -O 2 --report -o shor.qvm",
                "qmk compile examples/bell.qasm --to qir");
    }

    private static GraphForm formOf(String text) {
        Optional<GraphForm> form = GraphForm.of(text);
        if (form.isPresent()) return form.get();
        throw new TypeConversionException(
                "'%s' is no form, expected one of %s"
                        .formatted(text, String.join(", ", GraphForm.texts())));
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        GraphForm form = form();
        boolean toStdout = out.isEmpty() || out.get().equals(InputFile.STDIN);
        if (toStdout && form.isBinary() && terminal.traits().outIsTerminal()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    form.text()
                            + " is binary and standard output is a terminal. Name a file: -o OUT.");
        }
        switch (Loading.of(in, InputFile.read(in, terminal), settings)) {
            case Loading.Refused refused -> {
                refused.lines().forEach(terminal::say);
                return ExitCode.FAILED;
            }
            case Loading.Accepted(var program, var warnings, var _) -> {
                for (String warning : warnings) terminal.say("warning: " + warning);
                byte[] bytes = written(optimized(program, terminal), form);
                if (toStdout) {
                    terminal.print(bytes);
                } else {
                    OutputFile.write(out.get(), bytes, terminal);
                }
                return ExitCode.DONE;
            }
        }
    }

    /// The program as the options say, verified.
    private Graph optimized(Verified program, Terminal terminal) throws CommandFailure {
        Graph graph = program.graph();
        OptimizerSettings chosen = optimization.settings();
        if (!optimization.reports() && optimization.reportFile().isEmpty()) {
            return verified(Optimizer.optimize(graph, chosen));
        }
        OptimizedProgram optimized = Optimizer.report(graph, chosen);
        var before = ProgramFigures.of(graph);
        if (optimization.reports()) {
            OptimizationReport.text(before, optimized).lines().forEach(terminal::say);
        }
        if (optimization.reportFile().isPresent()) {
            byte[] json =
                    OptimizationReport.json(before, optimized).getBytes(StandardCharsets.UTF_8);
            OutputFile.write(optimization.reportFile().get(), json, terminal);
        }
        return verified(optimized.graph());
    }

    private static Graph verified(Graph graph) {
        return switch (Verifier.verify(graph)) {
            case Verified accepted -> accepted.graph();
            case Rejected rejected ->
                    throw new IllegalStateException("The optimiser broke the program: " + rejected);
        };
    }

    private GraphForm form() throws CommandFailure {
        if (to.isPresent()) return to.get();
        if (out.isEmpty() || out.get().equals(InputFile.STDIN)) return GraphForm.QVM;
        Optional<GraphForm> told = GraphForm.ofFile(out.get());
        if (told.isPresent()) return told.get();
        throw new CommandFailure(
                ExitCode.USAGE,
                out.get()
                        + " ends in no known form, expected .qvm, .qvm.json, .qvm.pb, .qasm, .ll or"
                        + " .mlir. Say --to.");
    }

    private byte[] written(Graph graph, GraphForm form) throws CommandFailure {
        return switch (form) {
            case QVM -> GraphWriter.text(graph);
            case QVM_JSON -> GraphWriter.json(graph);
            case QVM_PROTOBUF -> GraphWriter.protobuf(graph);
            case QASM3 -> qasm(graph);
            case QIR -> qir(graph);
            case MLIR -> MlirWriter.write(graph).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] qasm(Graph graph) throws CommandFailure {
        return switch (QasmWriter.write(graph)) {
            case Written.Text(var text) -> text.getBytes(StandardCharsets.UTF_8);
            case Written.Refused(var code, int node, var message) ->
                    throw refused(graph, code, node, message);
        };
    }

    private byte[] qir(Graph graph) throws CommandFailure {
        return switch (QirWriter.write(graph)) {
            case QirWritten.Text(var text) -> text.getBytes(StandardCharsets.UTF_8);
            case QirWritten.Refused(var code, int node, var message) ->
                    throw refused(graph, code, node, message);
        };
    }

    private CommandFailure refused(Graph graph, String code, int node, String message) {
        var place = new Diagnostic.Place.Node(graph.label(node));
        var diagnostic = new Diagnostic(in, place, code, message, List.of());
        return new CommandFailure(ExitCode.FAILED, diagnostic.text());
    }
}
