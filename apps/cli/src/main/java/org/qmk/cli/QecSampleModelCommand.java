package org.qmk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.qmk.qec.QecFailure;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.result.RecordLayout;
import org.qmk.qec.result.ResultWriter;
import org.qmk.qec.result.ShotFormat;
import org.qmk.qec.result.ShotRows;
import org.qmk.qec.sample.ModelSampler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk qec sample_dem`: samples the detectors and observables of a detector error model.
final class QecSampleModelCommand implements Command {

    private final String file;
    private final long shots;
    private final long seed;
    private final ShotFormat format;
    private final Optional<String> out;
    private final boolean append;
    private final Optional<String> observables;
    private final ShotFormat observableFormat;
    private final Optional<String> errors;
    private final ShotFormat errorFormat;

    private QecSampleModelCommand(ParseResult arguments) {
        file = arguments.matchedPositionalValue(0, InputFile.STDIN);
        shots = arguments.matchedOptionValue("--shots", 1L);
        seed = arguments.matchedOptionValue("--seed", ThreadLocalRandom.current().nextLong());
        format = arguments.matchedOptionValue("--out-format", ShotFormat.TEXT);
        out = QecFiles.text(arguments, "--out");
        append = arguments.hasMatchedOption("--append-observables");
        observables = QecFiles.text(arguments, "--obs-out");
        observableFormat = arguments.matchedOptionValue("--obs-out-format", ShotFormat.TEXT);
        errors = QecFiles.text(arguments, "--err-out");
        errorFormat = arguments.matchedOptionValue("--err-out-format", ShotFormat.TEXT);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        QecSampleModelCommand::new,
                        "sample_dem",
                        "Sample the detectors of a detector error model.");
        spec.addPositional(QmkCommand.operand("FILE", "The model, .dem; - is standard input."));
        QecFiles.addShots(spec);
        QecFiles.addObservables(spec);
        spec.addOption(
                QmkCommand.option("FILE", "--err-out", "--err_out")
                        .description("Write here which errors happened.")
                        .build());
        spec.addOption(QecFiles.format("--err-out-format", "Errors"));
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec dem m.stim -o m.dem",
                "qmk qec sample_dem m.dem --shots 5 --seed 1 --out-format dets");
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        DetectorErrorModel model = QecFiles.model(file, terminal);
        try {
            var sampler = new ModelSampler(model);
            QecFiles.write(out, terminal, to -> withObservables(sampler, to, terminal));
            return ExitCode.DONE;
        } catch (QecFailure wrong) {
            throw QecFiles.failure(file, wrong);
        }
    }

    private void withObservables(ModelSampler sampler, OutputStream to, Terminal terminal)
            throws IOException, QecFailure, CommandFailure {
        if (observables.isEmpty()) {
            withErrors(sampler, to, Optional.empty(), terminal);
            return;
        }
        QecFiles.write(
                observables,
                terminal,
                more -> {
                    var layout = new RecordLayout(0, 0, sampler.observables());
                    var second = new ResultWriter(more, observableFormat, layout);
                    withErrors(sampler, to, Optional.of(second), terminal);
                });
    }

    private void withErrors(
            ModelSampler sampler, OutputStream to, Optional<ResultWriter> second, Terminal terminal)
            throws IOException, QecFailure, CommandFailure {
        if (errors.isEmpty()) {
            sample(sampler, to, second, Optional.empty());
            return;
        }
        QecFiles.write(
                errors,
                terminal,
                more -> {
                    var layout = new RecordLayout(sampler.errors(), 0, 0);
                    var third = new ResultWriter(more, errorFormat, layout);
                    sample(sampler, to, second, Optional.of(third));
                });
    }

    private void sample(
            ModelSampler sampler,
            OutputStream to,
            Optional<ResultWriter> second,
            Optional<ResultWriter> third)
            throws IOException, QecFailure {
        int detectors = sampler.detectors();
        int all = detectors + sampler.observables();
        int shown = append ? sampler.observables() : 0;
        var writer = new ResultWriter(to, format, new RecordLayout(0, detectors, shown));
        try {
            sampler.run(
                    seed,
                    shots,
                    (flipped, happened) -> {
                        try {
                            writer.write(append ? flipped : flipped.part(0, detectors));
                            write(second, () -> flipped.part(detectors, all));
                            write(third, () -> happened);
                        } catch (QecFailure wrong) {
                            throw new IOException(wrong);
                        }
                    });
        } catch (IOException failed) {
            if (failed.getCause() instanceof QecFailure wrong) throw wrong;
            throw failed;
        }
    }

    private static void write(Optional<ResultWriter> writer, Supplier<ShotRows> rows)
            throws IOException, QecFailure {
        if (writer.isPresent()) writer.get().write(rows.get());
    }
}
