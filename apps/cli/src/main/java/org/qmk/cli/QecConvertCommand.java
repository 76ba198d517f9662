package org.qmk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.result.RecordLayout;
import org.qmk.qec.result.ResultReader;
import org.qmk.qec.result.ResultWriter;
import org.qmk.qec.result.ShotFormat;
import org.qmk.qec.result.ShotRows;
import org.qmk.qec.sample.MeasurementConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk qec m2d`: detection events of measurements.
final class QecConvertCommand implements Command {

    private static final int BATCH = 1024;
    private static final String SKIP = "--skip-reference-sample";

    private final String file;
    private final String circuitFile;
    private final ShotFormat inFormat;
    private final ShotFormat outFormat;
    private final ShotFormat observableFormat;
    private final Optional<String> out;
    private final Optional<String> observables;
    private final boolean append;
    private final boolean skip;

    private QecConvertCommand(ParseResult arguments) {
        file = arguments.matchedPositionalValue(0, InputFile.STDIN);
        circuitFile = arguments.matchedOptionValue("--circuit", "");
        inFormat = arguments.matchedOptionValue("--in-format", ShotFormat.TEXT);
        outFormat = arguments.matchedOptionValue("--out-format", ShotFormat.TEXT);
        observableFormat = arguments.matchedOptionValue("--obs-out-format", ShotFormat.TEXT);
        out = QecFiles.text(arguments, "--out");
        observables = QecFiles.text(arguments, "--obs-out");
        append = arguments.hasMatchedOption("--append-observables");
        skip = arguments.hasMatchedOption(SKIP);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        QecConvertCommand::new, "m2d", "Make detection events of measurements.");
        spec.addPositional(QmkCommand.operand("FILE", "The measurements; - is standard input."));
        spec.addOption(
                QmkCommand.option("FILE", "--circuit")
                        .required(true)
                        .description("The circuit, .stim.")
                        .build());
        spec.addOption(QecFiles.format("--in-format", "Measurements"));
        spec.addOption(QecFiles.format("--out-format", "Detection events"));
        QecFiles.addObservables(spec);
        spec.addOption(QecFiles.flag(SKIP, "Take the measurements without noise as all 0."));
        spec.addOption(QecFiles.out());
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec sample m.stim --shots 5 -o m.01",
                "qmk qec m2d m.01 --circuit m.stim");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        Circuit circuit = QecFiles.circuit(circuitFile, terminal);
        try (InputStream in = QecFiles.open(file, terminal)) {
            QecFiles.write(
                    out,
                    terminal,
                    to -> {
                        if (observables.isEmpty()) {
                            convert(circuit, in, to, Optional.empty());
                        } else {
                            QecFiles.write(
                                    observables,
                                    terminal,
                                    more -> convert(circuit, in, to, Optional.of(more)));
                        }
                    });
            return ExitCode.DONE;
        } catch (QecFailure wrong) {
            throw QecFiles.failure(file, wrong);
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.UNREADABLE,
                    file + " cannot be read: " + FileTrouble.text(failed) + ".");
        }
    }

    private void convert(
            Circuit circuit, InputStream in, OutputStream to, Optional<OutputStream> more)
            throws IOException, QecFailure {
        var converter = new MeasurementConverter(circuit, skip);
        RecordLayout all = RecordLayout.detections(circuit);
        int detectors = all.detectors();
        int shown = append ? all.observables() : 0;
        var reader = new ResultReader(in, inFormat, RecordLayout.measurements(circuit));
        var writer = new ResultWriter(to, outFormat, new RecordLayout(0, detectors, shown));
        var rows = new ShotRows((int) circuit.measurements(), BATCH);
        while (reader.read(rows)) {
            ShotRows events = converter.convert(rows);
            writer.write(append ? events : events.part(0, detectors));
            if (more.isEmpty()) continue;
            var layout = new RecordLayout(0, 0, all.observables());
            new ResultWriter(more.get(), observableFormat, layout)
                    .write(events.part(detectors, events.bits()));
        }
    }
}
