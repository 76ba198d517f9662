package org.qmk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.qmk.qec.QecFailure;
import org.qmk.qec.UndecodableShot;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.memory.BatchDecoder;
import org.qmk.qec.memory.DecoderKind;
import org.qmk.qec.result.RecordLayout;
import org.qmk.qec.result.ResultReader;
import org.qmk.qec.result.ResultWriter;
import org.qmk.qec.result.ShotFormat;
import org.qmk.qec.result.ShotRows;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk qec decode`: predicts observables from detection events.
final class QecDecodeCommand implements Command {

    private static final int BATCH = 1024;

    private final String file;
    private final String modelFile;
    private final DecoderKind kind;
    private final ShotFormat inFormat;
    private final ShotFormat outFormat;
    private final Optional<String> out;

    private QecDecodeCommand(ParseResult arguments) {
        file = arguments.matchedPositionalValue(0, InputFile.STDIN);
        modelFile = arguments.matchedOptionValue("--dem", "");
        kind = arguments.matchedOptionValue("--decoder", DecoderKind.MATCHING);
        inFormat = arguments.matchedOptionValue("--in-format", ShotFormat.TEXT);
        outFormat = arguments.matchedOptionValue("--out-format", ShotFormat.TEXT);
        out = QecFiles.text(arguments, "--out");
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        QecDecodeCommand::new,
                        "decode",
                        "Predict observables from detection events.");
        spec.addPositional(
                QmkCommand.operand("FILE", "The detection events; - is standard input."));
        spec.addOption(
                QmkCommand.option("FILE", "--dem")
                        .required(true)
                        .description(
                                "The detector error model, .dem; decomposed, but for bposd and"
                                        + " relay.")
                        .build());
        spec.addOption(QecFiles.decoder("matching, correlated, union-find, bposd or relay"));
        spec.addOption(QecFiles.format("--in-format", "Detection events"));
        spec.addOption(QecFiles.format("--out-format", "Observables"));
        spec.addOption(QecFiles.out());
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec dem m.stim --decompose-errors -o m.dem",
                "qmk qec detect m.stim --shots 5 -o events.01",
                "qmk qec decode events.01 --dem m.dem");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        if (kind.isDiscarding()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "decoder '%s' predicts nothing; it is one of memory and threshold."
                            .formatted(kind.word()));
        }
        DetectorErrorModel model = QecFiles.model(modelFile, terminal);
        try (InputStream in = QecFiles.open(file, terminal)) {
            BatchDecoder decoder = kind.decoders(model).get();
            QecFiles.write(out, terminal, to -> decode(model, decoder, in, to));
            return ExitCode.DONE;
        } catch (QecFailure wrong) {
            String name = wrong.rule().code().startsWith("QEC-RESULT") ? file : modelFile;
            throw QecFiles.failure(name, wrong);
        } catch (UndecodableShot undecodable) {
            throw new CommandFailure(ExitCode.FAILED, file + ": " + undecodable.getMessage() + ".");
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.UNREADABLE,
                    file + " cannot be read: " + FileTrouble.text(failed) + ".");
        }
    }

    private void decode(
            DetectorErrorModel model, BatchDecoder decoder, InputStream in, OutputStream to)
            throws IOException, QecFailure {
        int detectors = (int) model.detectors();
        int observables = (int) model.observables();
        var reader = new ResultReader(in, inFormat, new RecordLayout(0, detectors, 0));
        var writer = new ResultWriter(to, outFormat, new RecordLayout(0, 0, observables));
        // A batch of wide shots is small, so that it fits.
        int wide = Math.max(detectors, observables) / (1 << 16);
        int capacity = Math.max(64, BATCH / (wide + 1) / 64 * 64);
        var shots = new ShotRows(detectors, capacity);
        var predictions = new ShotRows(observables, capacity);
        while (reader.read(shots)) {
            decoder.decode(shots, predictions);
            writer.write(predictions);
        }
    }
}
