package org.qmk.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.qmk.plot.Curve;
import org.qmk.plot.LogPlot;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.memory.Crossing;
import org.qmk.qec.memory.MemoryTally;
import org.qmk.qec.memory.SinterTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `qmk qec threshold`: counts logical errors over sizes of a code and chances of errors.
final class QecThresholdCommand implements Command {

    /// As many as there are colours.
    private static final int SIZES_MAX = 5;

    /// Sizes, ascending.
    record Sizes(List<Integer> each) {}

    /// Chances, ascending.
    record Chances(List<Double> each) {}

    private final GeneratedCircuit generated;
    private final QecCounting counting;
    private final ProfileSaving saving;
    private final List<Integer> sizes;
    private final List<Double> chances;
    private final long rounds;
    private final Optional<String> plot;

    private QecThresholdCommand(ParseResult arguments) {
        generated = new GeneratedCircuit(arguments);
        counting = new QecCounting(arguments);
        saving = new ProfileSaving(arguments);
        sizes = arguments.matchedOptionValue("--distance", new Sizes(List.of())).each;
        chances = arguments.matchedOptionValue("--p", new Chances(List.of())).each;
        rounds = arguments.matchedOptionValue("--rounds", 0L);
        plot = QecFiles.text(arguments, "--plot");
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        QecThresholdCommand::new,
                        "threshold",
                        "Count logical errors over sizes of a code and chances of errors.",
                        "Prints the count of each, draws them, and says where the rates of"
                                + " neighbouring sizes are equal.",
                        GeneratedCircuit.DESCRIPTION[0],
                        GeneratedCircuit.DESCRIPTION[1]);
        GeneratedCircuit.addNames(spec, true);
        spec.addOption(
                QmkCommand.option("N,N", "--distance", "-d")
                        .required(true)
                        .type(Sizes.class)
                        .converters(QecThresholdCommand::sizesOf)
                        .description("Up to 5 distances, or what stands for them.")
                        .build());
        spec.addOption(
                QmkCommand.option("P,P", "--p")
                        .required(true)
                        .type(Chances.class)
                        .converters(QecThresholdCommand::chancesOf)
                        .description("Chances of the noise model.")
                        .build());
        spec.addOption(
                QmkCommand.option("N", "--rounds", "-r")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, 1L << 40))
                        .description("Rounds. Default: the distance; needed for shyps and bicycle.")
                        .build());
        QecCounting.addTo(spec);
        ProfileSaving.addTo(spec);
        spec.addOption(
                QmkCommand.option("FILE", "--plot")
                        .description("Draw the rates into this SVG.")
                        .build());
        return QmkCommand.withExamples(
                spec, "qmk qec threshold --code repetition_code --task memory -d 3,5 --p 0.02,0.1");
    }

    private static Sizes sizesOf(String text) {
        List<Integer> each =
                ascending(text, part -> (int) WholeNumber.of(part, 1, Integer.MAX_VALUE));
        if (each.size() <= SIZES_MAX) return new Sizes(each);
        throw new TypeConversionException(
                "%d distances, expected up to %d".formatted(each.size(), SIZES_MAX));
    }

    private static Chances chancesOf(String text) {
        List<Double> each = ascending(text, QecFiles::chanceOf);
        if (each.getFirst() > 0) return new Chances(each);
        throw new TypeConversionException("'%s' has a chance of 0".formatted(text));
    }

    private static <T extends Comparable<T>> List<T> ascending(
            String text, Function<String, T> read) {
        List<T> each = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            T next = read.apply(part);
            if (!each.isEmpty() && each.getLast().compareTo(next) >= 0) {
                throw new TypeConversionException("'%s' is not ascending".formatted(text));
            }
            each.add(next);
        }
        return each;
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(counting.seed());
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        if (rounds == 0 && generated.isSizedByOther()) {
            throw new CommandFailure(ExitCode.USAGE, "give --rounds for this code.");
        }
        saving.check(generated, chances.getLast());
        List<List<QecCounting.Counted>> bySize = new ArrayList<>();
        try {
            for (int size : sizes) bySize.add(count(size, terminal));
        } catch (QecFailure wrong) {
            throw new CommandFailure(ExitCode.FAILED, wrong.getMessage() + ".");
        }
        counting.print(bySize.stream().flatMap(List::stream).toList(), terminal);
        for (int i = 0; i + 1 < sizes.size(); i++) terminal.say(crossing(i, bySize));
        saving.write(generated, counting, terminal);
        if (plot.isPresent()) draw(plot.get(), bySize, terminal);
        return ExitCode.DONE;
    }

    private List<QecCounting.Counted> count(int size, Terminal terminal)
            throws QecFailure, CommandFailure {
        List<QecCounting.Counted> counts = new ArrayList<>();
        for (double chance : chances) {
            long turns = rounds == 0 ? size : rounds;
            Circuit circuit = generated.circuit(size, turns, chance);
            var metadata = new LinkedHashMap<String, Object>();
            metadata.put("c", generated.name());
            metadata.put("d", size);
            metadata.put("r", turns);
            metadata.put("p", chance);
            metadata.put("noise", generated.noise());
            int number = sizes.indexOf(size) * chances.size() + counts.size();
            String label = "%s, p = %s".formatted(generated.label(size), chance);
            counts.add(
                    counting.count(circuit, number, label, SinterTable.json(metadata), terminal));
            saving.add(size, turns, chance, counts.getLast().tally());
        }
        return counts;
    }

    private String crossing(int at, List<List<QecCounting.Counted>> bySize) {
        List<Crossing.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < chances.size(); i++) {
            MemoryTally smaller = bySize.get(at).get(i).tally();
            MemoryTally larger = bySize.get(at + 1).get(i).tally();
            pairs.add(new Crossing.Pair(chances.get(i), smaller, larger));
        }
        String both = generated.label(sizes.get(at)) + " and " + generated.label(sizes.get(at + 1));
        return Crossing.of(pairs)
                .map(
                        crossing ->
                                String.format(
                                        Locale.ROOT,
                                        "%s cross at p = %.5f, deviation %.5f",
                                        both,
                                        crossing.chance(),
                                        crossing.deviation()))
                .orElse(both + " do not cross at these p");
    }

    /// Points without an error have no place on a logarithmic axis and are left out.
    private void draw(String name, List<List<QecCounting.Counted>> bySize, Terminal terminal)
            throws CommandFailure {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            List<Curve.Point> points = new ArrayList<>();
            for (int k = 0; k < chances.size(); k++) {
                MemoryTally tally = bySize.get(i).get(k).tally();
                if (tally.errors() == 0) continue;
                MemoryTally.Interval interval = tally.wilson(QecCounting.DEVIATIONS);
                points.add(
                        new Curve.Point(
                                chances.get(k), tally.rate(), interval.low(), interval.high()));
            }
            if (points.isEmpty()) continue;
            String label = generated.label(sizes.get(i));
            curves.add(new Curve(label, i, Curve.Line.SOLID, points));
        }
        if (curves.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "there is no error to plot.");
        }
        var drawn =
                new LogPlot(
                        generated.name() + ", " + counting.decoder().word(),
                        "physical error rate",
                        "logical error rate of a shot",
                        curves);
        OutputFile.write(name, drawn.svg().getBytes(StandardCharsets.UTF_8), terminal);
        terminal.say("wrote " + name);
    }
}
