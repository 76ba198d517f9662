package org.qmk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.qmk.qec.QecFailure;
import org.qmk.qec.UndecodableShot;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.memory.DecoderKind;
import org.qmk.qec.memory.MemoryExperiment;
import org.qmk.qec.memory.MemoryLimits;
import org.qmk.qec.memory.MemoryTally;
import org.qmk.qec.memory.SinterTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options of commands that count logical errors, and the counting.
final class QecCounting {

    /// Half the width of an interval that holds the rate 95 times of 100, in deviations.
    static final double DEVIATIONS = 1.959964;

    /// How counts are printed.
    enum Format {
        table,
        csv
    }

    /// What was counted of a circuit.
    ///
    /// @param label tells it from the others
    /// @param csv in sinter's columns
    record Counted(String label, MemoryTally tally, String csv) {}

    private final DecoderKind decoder;
    private final MemoryLimits limits;
    private final long seed;
    private final int threads;
    private final Format format;
    private final Optional<String> save;

    QecCounting(ParseResult arguments) {
        decoder = arguments.matchedOptionValue("--decoder", DecoderKind.MATCHING);
        limits =
                new MemoryLimits(
                        arguments.matchedOptionValue("--shots-max", 100_000L),
                        arguments.matchedOptionValue("--errors-max", Long.MAX_VALUE));
        seed = arguments.matchedOptionValue("--seed", ThreadLocalRandom.current().nextLong());
        long cores = Runtime.getRuntime().availableProcessors();
        threads = (int) (long) arguments.matchedOptionValue("--threads", cores);
        format = arguments.matchedOptionValue("--format", Format.table);
        save = QecFiles.text(arguments, "--save");
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(
                QecFiles.decoder(
                        "matching, correlated, union-find, bposd, relay; or postselect, which"
                                + " discards shots in which a detector fired"));
        spec.addOption(
                QmkCommand.option("N", "--shots-max", "--max-shots")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, 1L << 40))
                        .description("The most shots of a circuit. Default: 100,000.")
                        .build());
        spec.addOption(
                QmkCommand.option("N", "--errors-max", "--max-errors")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, 1L << 40))
                        .description(
                                "Stop behind the batch of 1,024 shots with which there are so many"
                                        + " errors. Default: none.")
                        .build());
        spec.addOption(
                QmkCommand.option("S", "--seed")
                        .type(Long.class)
                        .converters(WholeNumber::seed)
                        .description("The same seed gives the same counts. Default: random.")
                        .build());
        spec.addOption(
                QmkCommand.option("N", "--threads")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, 1024))
                        .description("Threads; counts are the same with any. Default: all cores.")
                        .build());
        spec.addOption(
                QmkCommand.option("F", "--format")
                        .type(Format.class)
                        .description(
                                "${COMPLETION-CANDIDATES}: csv in sinter's columns."
                                        + " Default: table.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--save")
                        .description(
                                "Add each count to this CSV once it is there. The same seed twice"
                                        + " counts the same shots twice.")
                        .build());
    }

    long seed() {
        return seed;
    }

    DecoderKind decoder() {
        return decoder;
    }

    /// Counts until a limit is reached.
    ///
    /// @param number of the circuit: each has shots of its own
    /// @param metadata a JSON object that describes it
    Counted count(Circuit circuit, int number, String label, String metadata, Terminal terminal)
            throws QecFailure, CommandFailure {
        var experiment = MemoryExperiment.of(circuit, decoder);
        var progress =
                new Progress(terminal, limits.shotsMax(), "shots, " + label, System::nanoTime);
        try {
            MemoryTally tally =
                    experiment.run(
                            limits,
                            seed + number * 0x9E3779B97F4A7C15L,
                            threads,
                            soFar -> progress.update(soFar.shots()));
            String csv = SinterTable.row(tally, circuit, decoder, metadata);
            if (save.isPresent()) append(save.get(), csv, terminal);
            return new Counted(label, tally, csv);
        } catch (UndecodableShot undecodable) {
            throw new CommandFailure(ExitCode.FAILED, undecodable.getMessage() + ".");
        } finally {
            progress.clear();
        }
    }

    private static void append(String name, String line, Terminal terminal) throws CommandFailure {
        try {
            Path path = terminal.file(name);
            boolean isNew = !Files.exists(path) || Files.size(path) == 0;
            Files.writeString(
                    path,
                    isNew ? SinterTable.HEADER + line : line,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    name + " cannot be written: " + FileTrouble.text(failed) + ".");
        } catch (InvalidPathException invalid) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "no file can have the name " + name + ": " + invalid.getReason() + ".");
        }
    }

    /// Prints counts as asked for.
    void print(List<Counted> all, Terminal terminal) throws CommandFailure {
        switch (format) {
            case csv -> {
                terminal.print(SinterTable.HEADER);
                for (Counted counted : all) terminal.print(counted.csv);
            }
            case table -> table(all, terminal);
        }
    }

    private void table(List<Counted> all, Terminal terminal) throws CommandFailure {
        int width = 7;
        for (Counted counted : all) width = Math.max(width, counted.label.length());
        String row = "%-" + width + "s  %12s%s  %9s  %9s  %-22s  %9s\n";
        terminal.print(
                row.formatted(
                        "circuit",
                        "shots",
                        discards("discarded"),
                        "errors",
                        "rate",
                        "95 % interval (Wilson)",
                        "seconds"));
        for (Counted counted : all) {
            MemoryTally tally = counted.tally;
            MemoryTally.Interval interval = tally.wilson(DEVIATIONS);
            terminal.print(
                    row.formatted(
                            counted.label,
                            "%,d".formatted(tally.shots()),
                            discards("%,d".formatted(tally.discards())),
                            "%,d".formatted(tally.errors()),
                            rate(tally.rate()),
                            rate(interval.low()) + " to " + rate(interval.high()),
                            String.format(Locale.ROOT, "%.2f", tally.seconds())));
        }
    }

    /// A column that is there if the decoder discards shots.
    private String discards(String text) {
        return decoder.isDiscarding() ? "  %12s".formatted(text) : "";
    }

    /// A rate with three digits.
    static String rate(double rate) {
        return rate == 0 ? "0" : String.format(Locale.ROOT, "%.2e", rate);
    }
}
