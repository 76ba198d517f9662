package org.qmk.cli;

import java.util.HexFormat;
import java.util.List;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Violation;
import org.qmk.source.Diagnostic;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JsonGenerator;

/// `qmk verify`: one verdict for each file.
final class VerifyCommand implements Command {

    /// How verdicts are printed.
    enum Format {
        text,
        json
    }

    private final List<String> files;
    private final Format format;
    private final LoadSettings settings;

    private VerifyCommand(ParseResult arguments) {
        files = arguments.matchedPositionalValue(0, List.of());
        format = arguments.matchedOptionValue("--format", Format.text);
        settings = LoadChoice.of(arguments);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        VerifyCommand::new,
                        "verify",
                        "Say whether programs may run, and all that is wrong with them.",
                        "Prints one verdict for each file. What is wrong goes to standard error,"
                                + " as",
                        "  FILE:NODE: CODE: sentence",
                        "  FILE:LINE:COLUMN: CODE: sentence",
                        "or, with --format json, into the verdict. The exit code is 1 if a program"
                                + " was rejected, 66 if a file cannot be read, even if another was"
                                + " rejected.");
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("1..*")
                        .paramLabel("FILE")
                        .required(true)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("The programs; - is standard input.")
                        .build());
        spec.addOption(
                QmkCommand.option("F", "--format")
                        .type(Format.class)
                        .description("${COMPLETION-CANDIDATES}. Default: text.")
                        .build());
        LoadChoice.addTo(spec);
        LoadChoice.addQsharpTo(spec);
        return QmkCommand.withExamples(
                spec,
                "qmk verify examples/bell.qasm examples/teleport.qasm",
                "qmk verify --format json examples/bell.qasm");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        ExitCode exitCode = ExitCode.DONE;
        for (String file : files) exitCode = exitCode.or(verify(file, terminal));
        return exitCode;
    }

    private ExitCode verify(String file, Terminal terminal) throws CommandFailure {
        byte[] bytes;
        try {
            bytes = InputFile.read(file, terminal);
        } catch (CommandFailure unreadable) {
            terminal.say("qmk: " + unreadable.getMessage());
            if (format == Format.json) terminal.print(unread(file, unreadable.getMessage()));
            return unreadable.exitCode();
        }
        Loading loading = Loading.of(file, bytes, settings);
        switch (format) {
            case text -> printText(file, loading, terminal);
            case json -> terminal.print(json(file, loading));
        }
        return switch (loading) {
            case Loading.Accepted _ -> ExitCode.DONE;
            case Loading.Refused _ -> ExitCode.FAILED;
        };
    }

    private static void printText(String file, Loading loading, Terminal terminal)
            throws CommandFailure {
        switch (loading) {
            case Loading.Accepted(var program, var warnings, var _) -> {
                for (String warning : warnings) terminal.say("warning: " + warning);
                Graph graph = program.graph();
                terminal.print(
                        "%s: valid, %s, %s, sha256:%s\n"
                                .formatted(
                                        file,
                                        counted(graph.size(), "node"),
                                        counted(program.qubitsPeak(), "qubit"),
                                        HexFormat.of().formatHex(CanonicalForm.digest(graph))));
            }
            case Loading.Refused refused -> {
                refused.lines().forEach(terminal::say);
                long count = refused.diagnostics().size() + refused.omitted();
                terminal.print("%s: invalid, %s\n".formatted(file, counted(count, "violation")));
            }
        }
    }

    private static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private static String unread(String file, String message) {
        return JsonText.object(
                json -> {
                    json.writeStringProperty("file", file);
                    json.writeBooleanProperty("valid", false);
                    json.writeStringProperty("unreadable", message);
                    json.writeArrayPropertyStart("violations");
                    json.writeEndArray();
                });
    }

    private static String json(String file, Loading loading) {
        return JsonText.object(
                json -> {
                    json.writeStringProperty("file", file);
                    switch (loading) {
                        case Loading.Accepted(var _, var warnings, var _) ->
                                verdict(json, true, List.of(), 0, warnings);
                        case Loading.Refused(var diagnostics, long omitted, var warnings) ->
                                verdict(json, false, diagnostics, omitted, warnings);
                    }
                });
    }

    private static void verdict(
            JsonGenerator json,
            boolean valid,
            List<Diagnostic> diagnostics,
            long omitted,
            List<String> warnings) {
        json.writeBooleanProperty("valid", valid);
        json.writeArrayPropertyStart("violations");
        for (Diagnostic diagnostic : diagnostics) {
            json.writeStartObject();
            violation(json, diagnostic);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (omitted > 0) json.writeNumberProperty("omitted", omitted);
        json.writeArrayPropertyStart("warnings");
        for (String warning : warnings) json.writeString(warning);
        json.writeEndArray();
    }

    private static void violation(JsonGenerator json, Diagnostic diagnostic) {
        json.writeStringProperty("code", diagnostic.code());
        switch (diagnostic.place()) {
            case Diagnostic.Place.Whole() -> json.writeNullProperty("node");
            case Diagnostic.Place.Node(var label) -> json.writeStringProperty("node", label);
            case Diagnostic.Place.Line(int line, int column) -> {
                json.writeNullProperty("node");
                json.writeNumberProperty("line", line);
                json.writeNumberProperty("column", column);
            }
            case Diagnostic.Place.Offset(long bytes) -> {
                json.writeNullProperty("node");
                json.writeNumberProperty("byte", bytes);
            }
        }
        json.writeStringProperty("message", diagnostic.message());
        json.writeObjectPropertyStart("facts");
        for (Violation.Fact fact : diagnostic.facts()) {
            json.writeStringProperty(fact.name(), fact.value());
        }
        json.writeEndObject();
    }
}
