package org.qmk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.result.RecordLayout;
import org.qmk.qec.result.ResultWriter;
import org.qmk.qec.result.ShotFormat;
import org.qmk.qec.result.ShotRows;
import org.qmk.qec.sample.CircuitSampler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk qec sample` and `qmk qec detect`: run a circuit many times.
final class QecSampleCommand implements Command {

    /// About what a shot takes without vector registers for each of its measurements and detectors.
    private static final double SCALAR_SECONDS = 1e-10;

    /// From here on vector registers gain more than a second start takes.
    private static final double SECONDS_AGAIN = 1;

    private final boolean detects;
    private final List<String> words;
    private final String file;
    private final long shots;
    private final long seed;
    private final int threads;
    private final ShotFormat format;
    private final Optional<String> out;
    private final boolean append;
    private final Optional<String> observables;
    private final ShotFormat observableFormat;

    private QecSampleCommand(ParseResult arguments, boolean detects) {
        this.detects = detects;
        words = arguments.originalArgs();
        file = arguments.matchedPositionalValue(0, InputFile.STDIN);
        shots = arguments.matchedOptionValue("--shots", 1L);
        seed = arguments.matchedOptionValue("--seed", ThreadLocalRandom.current().nextLong());
        long cores = Runtime.getRuntime().availableProcessors();
        threads = (int) (long) arguments.matchedOptionValue("--threads", cores);
        format = arguments.matchedOptionValue("--out-format", ShotFormat.TEXT);
        out = QecFiles.text(arguments, "--out");
        append = detects && arguments.hasMatchedOption("--append-observables");
        observables = detects ? QecFiles.text(arguments, "--obs-out") : Optional.empty();
        observableFormat =
                detects
                        ? arguments.matchedOptionValue("--obs-out-format", ShotFormat.TEXT)
                        : ShotFormat.TEXT;
    }

    static CommandSpec measurementsSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        arguments -> new QecSampleCommand(arguments, false),
                        "sample",
                        "Sample the measurements of a circuit.");
        addTo(spec);
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec sample m.stim --shots 5 --seed 1");
    }

    static CommandSpec detectionsSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        arguments -> new QecSampleCommand(arguments, true),
                        "detect",
                        "Sample the detectors of a circuit.");
        addTo(spec);
        QecFiles.addObservables(spec);
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec detect m.stim --shots 5 --seed 1 --out-format dets");
    }

    private static void addTo(CommandSpec spec) {
        spec.addPositional(QmkCommand.operand("FILE", "The circuit, .stim; - is standard input."));
        QecFiles.addShots(spec);
        spec.addOption(
                QmkCommand.option("N", "--threads")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, 1024))
                        .description("Threads; shots are the same with any. Default: all cores.")
                        .build());
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        byte[] bytes = InputFile.read(file, terminal);
        Circuit circuit = QecFiles.circuit(file, bytes);
        if (shots * SCALAR_SECONDS * (circuit.measurements() + circuit.detectors())
                >= SECONDS_AGAIN) {
            Optional<SecondStart> again = SecondStart.of(words);
            if (again.isPresent()) {
                boolean piped = file.equals(InputFile.STDIN);
                return again.get().run(piped ? Optional.of(bytes) : Optional.empty(), terminal);
            }
        }
        try {
            QecFiles.write(out, terminal, to -> sample(circuit, to, terminal));
            return ExitCode.DONE;
        } catch (QecFailure wrong) {
            throw QecFiles.failure(file, wrong);
        }
    }

    private void sample(Circuit circuit, OutputStream to, Terminal terminal)
            throws IOException, QecFailure, CommandFailure {
        if (observables.isPresent()) {
            QecFiles.write(observables, terminal, more -> detect(circuit, to, Optional.of(more)));
        } else if (detects) {
            detect(circuit, to, Optional.empty());
        } else {
            var writer = new ResultWriter(to, format, RecordLayout.measurements(circuit));
            run(CircuitSampler.ofMeasurements(circuit), writer::write);
        }
    }

    private void detect(Circuit circuit, OutputStream to, Optional<OutputStream> more)
            throws IOException, QecFailure {
        RecordLayout all = RecordLayout.detections(circuit);
        int shown = append ? all.observables() : 0;
        var writer = new ResultWriter(to, format, new RecordLayout(0, all.detectors(), shown));
        var second =
                more.map(
                        stream ->
                                new ResultWriter(
                                        stream,
                                        observableFormat,
                                        new RecordLayout(0, 0, all.observables())));
        if (!append && second.isEmpty()) {
            run(CircuitSampler.ofDetectors(circuit), writer::write);
            return;
        }
        run(
                CircuitSampler.ofDetections(circuit),
                rows -> {
                    writer.write(append ? rows : rows.part(0, all.detectors()));
                    if (second.isPresent()) {
                        second.get().write(rows.part(all.detectors(), all.bits()));
                    }
                });
    }

    /// Takes shots, which may not fit the format.
    private interface Taking {
        void take(ShotRows rows) throws IOException, QecFailure;
    }

    private void run(CircuitSampler sampler, Taking taking) throws IOException, QecFailure {
        try {
            sampler.run(
                    seed,
                    shots,
                    threads,
                    rows -> {
                        try {
                            taking.take(rows);
                        } catch (QecFailure wrong) {
                            throw new IOException(wrong);
                        }
                    });
        } catch (IOException failed) {
            if (failed.getCause() instanceof QecFailure wrong) throw wrong;
            throw failed;
        }
    }
}
