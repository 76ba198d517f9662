package org.qmk.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.memory.SinterTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `qmk qec memory`: counts the logical errors of one circuit.
final class QecMemoryCommand implements Command {

    private final ParseResult arguments;
    private final Optional<String> file;
    private final GeneratedCircuit generated;
    private final QecCounting counting;
    private final ProfileSaving saving;

    private QecMemoryCommand(ParseResult arguments) {
        this.arguments = arguments;
        file = Optional.ofNullable(arguments.matchedPositionalValue(0, (String) null));
        generated = new GeneratedCircuit(arguments);
        counting = new QecCounting(arguments);
        saving = new ProfileSaving(arguments);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        QecMemoryCommand::new,
                        "memory",
                        "Count the logical errors of a circuit.",
                        "Samples the circuit, decodes each shot by the circuit's own detector"
                                + " error model, and counts shots of which an observable is"
                                + " predicted wrongly. Name a circuit, or give the options of 'qmk"
                                + " qec gen'.",
                        GeneratedCircuit.DESCRIPTION[0],
                        GeneratedCircuit.DESCRIPTION[1]);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .paramLabel("FILE")
                        .type(String.class)
                        .description("The circuit, .stim; - is standard input.")
                        .build());
        GeneratedCircuit.addNames(spec, false);
        GeneratedCircuit.addNumbers(spec, false);
        QecCounting.addTo(spec);
        ProfileSaving.addTo(spec);
        return QmkCommand.withExamples(
                spec,
                "qmk qec memory --code surface_code --task rotated_memory_z -d 3 -r 3 --p 0.01",
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec memory m.stim --errors-max 100 --format csv");
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(counting.seed());
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        try {
            boolean hasRate = file.isEmpty() && arguments.hasMatchedOption("--p");
            double rate = hasRate ? arguments.matchedOptionValue("--p", 0.0) : 0;
            saving.check(generated, rate);
            Circuit circuit = circuit(terminal);
            var metadata = new LinkedHashMap<String, Object>();
            if (file.isPresent()) {
                metadata.put("path", file.get());
            } else {
                metadata.put("c", generated.name());
                metadata.put("d", (Number) arguments.matchedOptionValue("--distance", 0L));
                metadata.put("r", (Number) arguments.matchedOptionValue("--rounds", 0L));
                if (hasRate) {
                    metadata.put("p", (Number) arguments.matchedOptionValue("--p", 0.0));
                    metadata.put("noise", generated.noise());
                }
            }
            String label = file.orElse(generated.name());
            var counted = counting.count(circuit, 0, label, SinterTable.json(metadata), terminal);
            counting.print(List.of(counted), terminal);
            if (hasRate) {
                long distance = arguments.matchedOptionValue("--distance", 0L);
                long rounds = arguments.matchedOptionValue("--rounds", 0L);
                saving.add((int) distance, rounds, rate, counted.tally());
                saving.write(generated, counting, terminal);
            }
            return ExitCode.DONE;
        } catch (QecFailure wrong) {
            if (file.isPresent()) throw QecFiles.failure(file.get(), wrong);
            throw new CommandFailure(ExitCode.FAILED, wrong.getMessage() + ".");
        }
    }

    private Circuit circuit(Terminal terminal) throws CommandFailure, QecFailure {
        List<String> names = List.of("--code", "--task", "--distance", "--rounds");
        long given = names.stream().filter(arguments::hasMatchedOption).count();
        if (file.isEmpty() && given == names.size()) return generated.circuit(arguments);
        boolean isPlain =
                !arguments.hasMatchedOption("--noise")
                        && !arguments.hasMatchedOption("--detectors");
        if (file.isPresent() && given == 0 && isPlain)
            return QecFiles.circuit(file.get(), terminal);
        throw new CommandFailure(
                ExitCode.USAGE, "name a circuit, or give --code, --task, --distance and --rounds.");
    }
}
