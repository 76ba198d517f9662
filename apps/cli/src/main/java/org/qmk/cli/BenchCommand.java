package org.qmk.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.qmk.machine.floor.FloorClass;
import org.qmk.machine.floor.FloorComparison.Contender;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `qmk bench`: comparisons of policies.
final class BenchCommand {

    private static final int INSTANCES_DEFAULT = 50;
    private static final int INSTANCES_MAX = 1_000_000;
    private static final long SEED_DEFAULT = 1;

    private BenchCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("bench").addOption(QmkCommand.helpOption());
        spec.usageMessage()
                .header("Compare policies with each other and with published figures.")
                .synopsisSubcommandLabel("COMMAND");
        spec.addSubcommand("scheduling", schedulingSpec());
        spec.addSubcommand("sharing", SharingCommand.spec());
        spec.addSubcommand("sim", SimulatorBench.spec());
        return QmkCommand.withExamples(
                spec,
                "qmk bench scheduling --class H --instances 1",
                "qmk bench sharing --seeds 1 --epochs 1000");
    }

    private static CommandSpec schedulingSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        Scheduling::new,
                        "scheduling",
                        "Play policies over the published queues of many tenants' jobs.",
                        "Prints the table of docs/reference/scheduling.md in Markdown, and on"
                                + " standard error how long each policy took. The same seed gives"
                                + " the same table everywhere. All classes at "
                                + INSTANCES_DEFAULT
                                + " instances take some minutes.");
        spec.addOption(
                QmkCommand.option("N", "--instances")
                        .type(Integer.class)
                        .converters(text -> (int) WholeNumber.of(text, 1, INSTANCES_MAX))
                        .description("Queues of each class. Default: " + INSTANCES_DEFAULT + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("S", "--seed")
                        .type(Long.class)
                        .converters(WholeNumber::seed)
                        .description(
                                "Of the first queue of each class; the others have the numbers",
                                "after it. Default: " + SEED_DEFAULT + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("LETTERS", "--class")
                        .converters(BenchCommand::lettersOf)
                        .description("Classes, as in H or ACE. Default: all, A to I.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--out")
                        .description("Write the table there instead.")
                        .build());
        return QmkCommand.withExamples(
                spec, "qmk bench scheduling --class BH --instances 1 --seed 7 --out table.md");
    }

    private static String lettersOf(String text) {
        if (!text.matches("[A-I]+")) {
            throw new TypeConversionException(
                    "'%s' names no classes, expected letters from A to I".formatted(text));
        }
        return text;
    }

    private static final class Scheduling implements Command {

        private final int instances;
        private final long seed;
        private final List<FloorClass> classes;
        private final Optional<String> out;

        private Scheduling(ParseResult arguments) {
            instances = arguments.matchedOptionValue("--instances", INSTANCES_DEFAULT);
            seed = arguments.matchedOptionValue("--seed", SEED_DEFAULT);
            Set<FloorClass> chosen = EnumSet.noneOf(FloorClass.class);
            String letters = arguments.matchedOptionValue("--class", "");
            for (FloorClass each : FloorClass.values()) {
                if (letters.isEmpty() || letters.contains(each.name())) chosen.add(each);
            }
            classes = List.copyOf(chosen);
            out = Optional.ofNullable(arguments.matchedOptionValue("--out", (String) null));
        }

        @Override
        public ExitCode run(Terminal terminal) throws CommandFailure {
            List<SchedulingReport.Row> rows = new ArrayList<>();
            for (Contender contender : Contender.values()) rows.add(row(contender, terminal));
            String text = new SchedulingReport(classes, seed, instances, rows).text();
            OutputFile.writeOrPrint(out, text, terminal);
            return ExitCode.DONE;
        }

        private SchedulingReport.Row row(Contender contender, Terminal terminal) {
            long started = System.nanoTime();
            long total = (long) classes.size() * instances;
            var progress = new Progress(terminal, total, "queues", System::nanoTime);
            List<Double> speedUps = new ArrayList<>();
            for (FloorClass queues : classes) {
                long before = (long) speedUps.size() * instances;
                speedUps.add(
                        contender.speedUp(
                                queues, seed, instances, done -> progress.update(before + done)));
            }
            progress.clear();
            terminal.say(
                    "%s: %.1f s".formatted(contender.title(), (System.nanoTime() - started) / 1e9));
            return new SchedulingReport.Row(contender, speedUps);
        }
    }
}
