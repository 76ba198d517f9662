package org.qmk.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineModel;
import org.qmk.simulation.Campaign;
import org.qmk.simulation.FaultLevel;
import org.qmk.simulation.Simulation;
import org.qmk.simulation.SimulationRequest;
import org.qmk.simulation.Tally;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `qmk simulate`: runs whole systems with faults and holds laws against the kernel each epoch.
final class SimulateCommand implements Command {

    private static final long RUNS_DEFAULT = 16;
    private static final long EPOCHS_DEFAULT = 1000;
    private static final long TENANTS_MAX = 16;

    enum Format {
        text,
        json
    }

    private final long runs;
    private final long epochs;
    private final long seed;
    private final Optional<Integer> tenants;
    private final Optional<String> machine;
    private final Optional<FaultLevel> faults;
    private final Optional<Policy.Order> order;
    private final boolean strict;
    private final Format format;

    private SimulateCommand(ParseResult arguments) {
        boolean seeded = arguments.hasMatchedOption("--seed");
        runs = arguments.matchedOptionValue("--runs", seeded ? 1 : RUNS_DEFAULT);
        epochs = arguments.matchedOptionValue("--epochs", EPOCHS_DEFAULT);
        seed = arguments.matchedOptionValue("--seed", 1L);
        tenants =
                Optional.ofNullable(arguments.matchedOptionValue("--tenants", (Long) null))
                        .map(Long::intValue);
        machine = Optional.ofNullable(arguments.matchedOptionValue("--machine", (String) null));
        faults = Optional.ofNullable(arguments.matchedOptionValue("--faults", (FaultLevel) null));
        order = Optional.ofNullable(arguments.matchedOptionValue("--policy", (Policy.Order) null));
        strict = arguments.hasMatchedOption("--strict");
        format = arguments.matchedOptionValue("--format", Format.text);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        SimulateCommand::new,
                        "simulate",
                        "Run whole systems with faults from a seed, and check every epoch.",
                        "Each run draws tenants, programs, faults and all else that is not stated"
                            + " from its seed. After every epoch it is checked that blocks,"
                            + " capabilities, quotas, the firewall, waiting, ends and records are"
                            + " as docs/spec/kernel.md says. If something is not, its seed and the"
                            + " last steps are printed, and the exit code is 1.");
        number(
                spec,
                "--runs",
                Integer.MAX_VALUE,
                "Runs, one seed each. Default: " + RUNS_DEFAULT + ", or 1 with --seed.");
        number(
                spec,
                "--epochs",
                1L << 40,
                "Epochs of each run. Default: "
                        + EPOCHS_DEFAULT
                        + ". Runs with crashes and repetitions are shorter.");
        spec.addOption(
                QmkCommand.option("S", "--seed")
                        .type(Long.class)
                        .converters(WholeNumber::seed)
                        .description("The seed of the first run. Default: 1.")
                        .build());
        number(spec, "--tenants", TENANTS_MAX, "Tenants of each run. Default: drawn.");
        spec.addOption(
                QmkCommand.option("NAME|FILE", "--machine")
                        .description("See 'qmk machine list'. Default: drawn among small ones.")
                        .build());
        spec.addOption(
                QmkCommand.option("LEVEL", "--faults")
                        .type(FaultLevel.class)
                        .converters(SimulateCommand::faultsOf)
                        .description("none, light or heavy. Default: drawn.")
                        .build());
        spec.addOption(
                QmkCommand.option("ORDER", "--policy")
                        .type(Policy.Order.class)
                        .converters(SimulateCommand::orderOf)
                        .description("fifo, round-robin or fair. Default: drawn.")
                        .build());
        spec.addOption(
                picocli.CommandLine.Model.OptionSpec.builder("--strict")
                        .description("Keep tenants apart in every run.")
                        .build());
        spec.addOption(
                QmkCommand.option("F", "--format")
                        .type(Format.class)
                        .description("${COMPLETION-CANDIDATES}. Default: text.")
                        .build());
        return QmkCommand.withExamples(
                spec,
                "qmk simulate --runs 4 --epochs 200",
                "qmk simulate --seed 7 --epochs 200 --faults heavy --format json");
    }

    private static void number(CommandSpec spec, String name, long max, String description) {
        spec.addOption(
                QmkCommand.option("N", name)
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, max))
                        .description(description)
                        .build());
    }

    private static FaultLevel faultsOf(String word) {
        return FaultLevel.of(word)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is no level, expected none, light or heavy"
                                                .formatted(word)));
    }

    private static Policy.Order orderOf(String word) {
        for (Policy.Order order : Policy.Order.values()) {
            if (wordOf(order).equals(word)) return order;
        }
        throw new TypeConversionException(
                "'%s' is no policy, expected fifo, round-robin or fair".formatted(word));
    }

    private static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        Optional<MachineModel> model = Optional.empty();
        if (machine.isPresent()) model = Optional.of(MachineChoice.of(machine.get(), terminal));
        var request = new SimulationRequest(epochs, tenants, model, faults, order, strict);
        long begun = System.nanoTime();
        Campaign.Result result = Campaign.run(seed, (int) runs, request);
        double seconds = (System.nanoTime() - begun) * 1e-9;
        switch (format) {
            case text -> text(result, terminal);
            case json -> terminal.print(json(result));
        }
        terminal.say("%.0f epochs a second".formatted(result.tally().epochs() / seconds));
        if (result.broken().isEmpty()) return ExitCode.DONE;
        Simulation.Outcome.Broken broken = result.broken().get();
        for (String event : broken.events()) terminal.say(event);
        terminal.say(
                "%s (%s). Run it again: qmk simulate --seed %d --epochs %d%s"
                        .formatted(
                                broken, broken.law().sentence(), broken.seed(), epochs, options()));
        return ExitCode.FAILED;
    }

    /// The options that decide what a seed does, as they were given.
    private String options() {
        var text = new StringBuilder();
        tenants.ifPresent(number -> text.append(" --tenants ").append(number));
        machine.ifPresent(name -> text.append(" --machine ").append(name));
        faults.ifPresent(level -> text.append(" --faults ").append(level.word()));
        order.ifPresent(chosen -> text.append(" --policy ").append(wordOf(chosen)));
        if (strict) text.append(" --strict");
        return text.toString();
    }

    private static void text(Campaign.Result result, Terminal terminal) throws CommandFailure {
        Tally tally = result.tally();
        terminal.print(
                "%d runs, %d epochs, %d inputs, %d jobs: %s\n"
                        .formatted(
                                tally.runs(),
                                tally.epochs(),
                                tally.inputs(),
                                tally.jobs(),
                                result.broken().isEmpty() ? "every law held" : "a law is broken"));
        table("ended", codes(tally.ends(), cause -> cause.code()), terminal);
        table("refused", codes(tally.refusals(), refusal -> refusal.code()), terminal);
        table("faults", codes(tally.faults(), fault -> fault.word()), terminal);
    }

    private static <K> Map<String, Long> codes(
            Map<K, Long> counts, java.util.function.Function<K, String> code) {
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((key, count) -> sorted.put(code.apply(key), count));
        return sorted;
    }

    private static void table(String title, Map<String, Long> counts, Terminal terminal)
            throws CommandFailure {
        for (Map.Entry<String, Long> row : counts.entrySet()) {
            terminal.print("%-8s %-20s %10d\n".formatted(title, row.getKey(), row.getValue()));
        }
    }

    private static String json(Campaign.Result result) {
        Tally tally = result.tally();
        return JsonText.object(
                json -> {
                    json.writeNumberProperty("runs", tally.runs());
                    json.writeNumberProperty("epochs", tally.epochs());
                    json.writeNumberProperty("inputs", tally.inputs());
                    json.writeNumberProperty("jobs", tally.jobs());
                    object(json, "ended", codes(tally.ends(), cause -> cause.code()));
                    object(json, "refused", codes(tally.refusals(), refusal -> refusal.code()));
                    object(json, "faults", codes(tally.faults(), fault -> fault.word()));
                    result.broken()
                            .ifPresent(
                                    broken -> {
                                        json.writeObjectPropertyStart("broken");
                                        json.writeStringProperty(
                                                "seed", Long.toString(broken.seed()));
                                        json.writeNumberProperty("epoch", broken.epoch());
                                        json.writeStringProperty("law", broken.law().name());
                                        json.writeStringProperty("what", broken.what());
                                        json.writeEndObject();
                                    });
                });
    }

    private static void object(
            tools.jackson.core.JsonGenerator json, String name, Map<String, Long> counts) {
        json.writeObjectPropertyStart(name);
        counts.forEach(json::writeNumberProperty);
        json.writeEndObject();
    }
}
