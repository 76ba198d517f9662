package org.qmk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `qmk doc`: the documents that are generated from the tables of the program.
final class DocCommand implements Command {

    private final Optional<String> name;
    private final Optional<String> folder;

    private DocCommand(ParseResult arguments) {
        name = Optional.ofNullable(arguments.matchedPositionalValue(0, (String) null));
        folder = Optional.ofNullable(arguments.matchedOptionValue("--write", (String) null));
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        DocCommand::new,
                        "doc",
                        "Print the references that are generated from QMK's own tables.",
                        "Without a name, lists the documents.");
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .paramLabel("NAME")
                        .type(String.class)
                        .completionCandidates(ids())
                        .description("One of ${COMPLETION-CANDIDATES}.")
                        .build());
        spec.addOption(
                QmkCommand.option("DIR", "--write")
                        .description(
                                "Write the document, or all of them, to their places below DIR,",
                                "which is the top of the sources.")
                        .build());
        return QmkCommand.withExamples(spec, "qmk doc", "qmk doc opcodes", "qmk doc --write .");
    }

    private static List<String> ids() {
        return Stream.of(GeneratedDocument.values()).map(GeneratedDocument::id).toList();
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        if (folder.isPresent()) {
            for (GeneratedDocument document : chosen()) write(document, folder.get(), terminal);
        } else if (name.isPresent()) {
            terminal.print(chosen().getFirst().text());
        } else {
            for (GeneratedDocument document : GeneratedDocument.values()) {
                terminal.print(
                        "%-12s %s (%s)\n"
                                .formatted(document.id(), document.subject(), document.path()));
            }
        }
        return ExitCode.DONE;
    }

    private List<GeneratedDocument> chosen() throws CommandFailure {
        if (name.isEmpty()) return List.of(GeneratedDocument.values());
        for (GeneratedDocument document : GeneratedDocument.values()) {
            if (document.id().equals(name.get())) return List.of(document);
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "there is no document %s, expected one of %s."
                        .formatted(name.get(), String.join(", ", ids())));
    }

    private static void write(GeneratedDocument document, String folder, Terminal terminal)
            throws CommandFailure {
        String file =
                folder.endsWith("/") ? folder + document.path() : folder + "/" + document.path();
        try {
            Files.createDirectories(terminal.file(file).getParent());
        } catch (InvalidPathException invalid) {
            throw unmade(file, invalid.getReason());
        } catch (IOException failed) {
            throw unmade(file, FileTrouble.text(failed));
        }
        OutputFile.write(file, document.text().getBytes(StandardCharsets.UTF_8), terminal);
        terminal.say("wrote " + file);
    }

    private static CommandFailure unmade(String file, String why) {
        return new CommandFailure(
                ExitCode.FAILED, "the folder of %s cannot be made: %s.".formatted(file, why));
    }
}
