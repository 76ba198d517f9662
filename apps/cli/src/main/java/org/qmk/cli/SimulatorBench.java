package org.qmk.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.qmk.qvm.Graph;
import org.qmk.sim.Choice;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulators;
import org.qmk.source.Loading;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `qmk bench sim`: the same circuits on every simulator that can run them, ours and others'.
final class SimulatorBench implements Command {

    private static final String PYTHON_DEFAULT = "python3";
    private static final int SECONDS_DEFAULT = 20;
    private static final int SECONDS_MAX = 3_600;
    private static final long SEED = 1;

    /// A run that is longer than this is measured once.
    private static final double SHORT_SECONDS = 4;

    private static final double SECONDS_EACH = 2;
    private static final int RUNS_MIN = 3;
    private static final int RUNS_MAX = 200;

    enum Format {
        markdown,
        csv
    }

    private final List<SampleProgram> programs;
    private final String python;
    private final int seconds;
    private final Format format;
    private final Optional<String> out;
    private final List<String> arguments;

    private SimulatorBench(ParseResult parsed) {
        String only = parsed.matchedOptionValue("--only", "");
        List<String> names = List.of(only.split(",", -1));
        programs =
                SampleProgram.all().stream()
                        .filter(program -> only.isEmpty() || names.contains(program.name()))
                        .toList();
        python = parsed.matchedOptionValue("--python", PYTHON_DEFAULT);
        seconds = parsed.matchedOptionValue("--seconds", SECONDS_DEFAULT);
        format = parsed.matchedOptionValue("--format", Format.markdown);
        out = Optional.ofNullable(parsed.matchedOptionValue("--out", (String) null));
        arguments = parsed.originalArgs();
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        SimulatorBench::new,
                        "sim",
                        "Run the same circuits on our simulators and on what peers are there.",
                        "Prints for each circuit and simulator what was estimated beforehand and"
                            + " what was measured, and beside it the time of those of Stim, Qiskit"
                            + " Aer and qsim that the Python interpreter can import. The first row"
                            + " of a circuit is the one that 'qmk run' would choose.");
        spec.addOption(
                QmkCommand.option("NAMES", "--only")
                        .converters(SimulatorBench::known)
                        .description("Circuits, with commas between them. Default: all.")
                        .build());
        spec.addOption(
                QmkCommand.option("N", "--seconds")
                        .type(Integer.class)
                        .converters(text -> (int) WholeNumber.of(text, 1, SECONDS_MAX))
                        .description(
                                "Leave out what is expected to take longer. Default: "
                                        + SECONDS_DEFAULT
                                        + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("COMMAND", "--python")
                        .description(
                                "The interpreter that may have peers. Default: "
                                        + PYTHON_DEFAULT
                                        + ".")
                        .build());
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
                "qmk bench sim --only ghz,adder",
                "qmk bench sim --only hidden-shift --seconds 1 --format csv");
    }

    private static String known(String names) {
        List<String> all = SampleProgram.all().stream().map(SampleProgram::name).toList();
        for (String name : names.split(",", -1)) {
            if (all.contains(name)) continue;
            throw new TypeConversionException(
                    "there is no circuit '%s', expected some of %s"
                            .formatted(name, String.join(", ", all)));
        }
        return names;
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(SEED);
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        Optional<SecondStart> again = SecondStart.of(arguments);
        if (again.isPresent()) return again.get().run(Optional.empty(), terminal);
        List<SimulatorBenchReport.Row> rows = new ArrayList<>();
        try (var peers = PeerSimulators.of(python)) {
            terminal.say(peers.found());
            var progress = new Progress(terminal, programs.size(), "circuits", System::nanoTime);
            for (int i = 0; i < programs.size(); i++) {
                measure(programs.get(i), peers, rows, terminal);
                progress.update(i + 1L);
            }
            progress.clear();
            var report = new SimulatorBenchReport(rows, peers.names());
            String text =
                    switch (format) {
                        case markdown -> report.markdown();
                        case csv -> report.csv();
                    };
            OutputFile.writeOrPrint(out, text, terminal);
        }
        return ExitCode.DONE;
    }

    private void measure(
            SampleProgram program,
            PeerSimulators peers,
            List<SimulatorBenchReport.Row> rows,
            Terminal terminal) {
        Graph graph = graph(program);
        List<Optional<Double>> others = new ArrayList<>();
        for (String peer : peers.names()) {
            boolean same = program.noise().isNone() && (program.clifford() || !peer.equals("stim"));
            Optional<Double> took = same ? peers.seconds(peer, program, seconds) : Optional.empty();
            if (same && took.isEmpty()) {
                terminal.say(
                        "%s gave no result for %s: it failed, or took longer than %d s"
                                .formatted(peer, program.name(), seconds));
            }
            others.add(took);
        }
        for (Choice.Chosen choice :
                Simulators.applicable(graph, program.noise(), program.shots())) {
            boolean worth = choice.estimate().seconds() <= seconds;
            Optional<Double> took =
                    worth ? Optional.of(median(choice, graph, program)) : Optional.empty();
            rows.add(new SimulatorBenchReport.Row(program, choice, took, others));
        }
    }

    private static Graph graph(SampleProgram program) {
        byte[] bytes = program.text().getBytes(StandardCharsets.US_ASCII);
        return switch (Loading.of(program.name(), bytes)) {
            case Loading.Accepted accepted -> accepted.program().graph();
            case Loading.Refused refused ->
                    throw new IllegalStateException(program.name() + ": " + refused.lines());
        };
    }

    /// The median of the second half of runs that take some seconds together: the first ones warm
    /// the JVM up.
    private static double median(Choice.Chosen choice, Graph graph, SampleProgram program) {
        List<Double> times = new ArrayList<>();
        double total = 0;
        while (times.size() < RUNS_MIN || total < SECONDS_EACH && times.size() < RUNS_MAX) {
            long begun = System.nanoTime();
            choice.simulator().run(graph, new Shots(SEED, 0, program.shots()));
            double took = (System.nanoTime() - begun) * 1e-9;
            times.add(took);
            total += took;
            if (took > SHORT_SECONDS) break;
        }
        List<Double> warm = new ArrayList<>(times.subList(times.size() / 2, times.size()));
        Collections.sort(warm);
        return warm.get(warm.size() / 2);
    }
}
