package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineModel;
import org.qmk.simulation.Arrivals;
import org.qmk.simulation.SharedLoad;
import org.qmk.simulation.SharingRequest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `qmk bench sharing`: the same jobs of many tenants under each policy of the kernel.
final class SharingCommand implements Command {

    private static final String MACHINE_DEFAULT = "quad-64";
    private static final int TENANTS_DEFAULT = 8;
    private static final int TENANTS_MAX = 1024;
    private static final long EPOCHS_DEFAULT = 10_000;
    private static final long EPOCHS_MAX = 1_000_000;
    private static final int LOAD_MAX = 1000;
    private static final List<Integer> LOADS_DEFAULT = List.of(80, 110);
    private static final int SEEDS_DEFAULT = 5;
    private static final int SEEDS_MAX = 1000;
    private static final long SEED_DEFAULT = 1;

    enum Format {
        markdown,
        csv
    }

    private final String machine;
    private final int tenants;
    private final long epochs;
    private final List<Integer> loads;
    private final long seed;
    private final int seeds;
    private final Format format;
    private final Optional<String> out;

    private SharingCommand(ParseResult arguments) {
        machine = arguments.matchedOptionValue("--machine", MACHINE_DEFAULT);
        tenants = arguments.matchedOptionValue("--tenants", TENANTS_DEFAULT);
        epochs = arguments.matchedOptionValue("--epochs", EPOCHS_DEFAULT);
        loads = arguments.matchedOptionValue("--load", LOADS_DEFAULT);
        seed = arguments.matchedOptionValue("--seed", SEED_DEFAULT);
        seeds = arguments.matchedOptionValue("--seeds", SEEDS_DEFAULT);
        format = arguments.matchedOptionValue("--format", Format.markdown);
        out = Optional.ofNullable(arguments.matchedOptionValue("--out", (String) null));
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        SharingCommand::new,
                        "sharing",
                        "Play the same jobs of many tenants under each policy of the kernel.",
                        "Prints the tables of docs/reference/sharing.md in Markdown, or one line"
                                + " a run as CSV. Jobs come as Poisson processes and in bursts."
                                + " The same seed gives the same tables everywhere. With the"
                                + " defaults this takes some minutes.");
        spec.addOption(
                QmkCommand.option("NAME|FILE", "--machine")
                        .description("See 'qmk machine list'. Default: " + MACHINE_DEFAULT + ".")
                        .build());
        whole(spec, "--tenants", 2, TENANTS_MAX, "Tenants. Default: " + TENANTS_DEFAULT + ".");
        spec.addOption(
                QmkCommand.option("N", "--epochs")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, EPOCHS_MAX))
                        .description("Epochs in which jobs come. Default: " + EPOCHS_DEFAULT + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("PERCENTS", "--load")
                        .type(List.class)
                        .converters(SharingCommand::loadsOf)
                        .description(
                                "What is asked of the scarcest resource, in per cent of what",
                                "there is. Default: 80,110.")
                        .build());
        spec.addOption(
                QmkCommand.option("S", "--seed")
                        .type(Long.class)
                        .converters(WholeNumber::seed)
                        .description(
                                "The first seed; the others are the numbers after it. Default: "
                                        + SEED_DEFAULT
                                        + ".")
                        .build());
        whole(spec, "--seeds", 1, SEEDS_MAX, "How many seeds. Default: " + SEEDS_DEFAULT + ".");
        spec.addOption(
                QmkCommand.option("F", "--format")
                        .type(Format.class)
                        .description("${COMPLETION-CANDIDATES}. Default: markdown.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--out")
                        .description("Write the text there instead.")
                        .build());
        return QmkCommand.withExamples(
                spec,
                "qmk bench sharing --seeds 1 --epochs 1000",
                "qmk bench sharing --machine module-100 --load 95 --format csv --out runs.csv");
    }

    private static void whole(
            CommandSpec spec, String name, int least, int most, String description) {
        spec.addOption(
                QmkCommand.option("N", name)
                        .type(Integer.class)
                        .converters(text -> (int) WholeNumber.of(text, least, most))
                        .description(description)
                        .build());
    }

    private static List<Integer> loadsOf(String text) {
        List<Integer> loads = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int load = (int) WholeNumber.of(part, 1, LOAD_MAX);
            if (loads.contains(load)) {
                throw new TypeConversionException("'%s' names %d twice".formatted(text, load));
            }
            loads.add(load);
        }
        return loads;
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        MachineModel model = MachineChoice.of(machine, terminal);
        List<SharingReport.Run> runs = new ArrayList<>();
        long total = (long) Arrivals.values().length * loads.size() * seeds;
        var progress = new Progress(terminal, total, "loads", System::nanoTime);
        for (Arrivals arrivals : Arrivals.values()) {
            for (int percent : loads) {
                var request = new SharingRequest(model, tenants, epochs, percent, arrivals);
                for (int i = 0; i < seeds; i++) {
                    play(request, seed + i, runs);
                    progress.update(runs.size() / Policy.Order.values().length);
                }
            }
        }
        progress.clear();
        var report = new SharingReport(model.name(), tenants, epochs, loads, seed, seeds, runs);
        String text =
                switch (format) {
                    case markdown -> report.markdown();
                    case csv -> report.csv();
                };
        OutputFile.writeOrPrint(out, text, terminal);
        return ExitCode.DONE;
    }

    private static void play(SharingRequest request, long seed, List<SharingReport.Run> runs)
            throws CommandFailure {
        SharedLoad load;
        try {
            load = SharedLoad.of(request, seed);
        } catch (IllegalArgumentException tooMuch) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "machine %s, %d epochs: %s. Name a smaller machine or fewer epochs."
                            .formatted(
                                    request.machine().name(),
                                    request.epochs(),
                                    tooMuch.getMessage()));
        }
        for (Policy.Order order : Policy.Order.values()) {
            runs.add(new SharingReport.Run(request, seed, order, load.under(order)));
        }
    }
}
