package org.qmk.cli;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitReader;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.memory.DecoderKind;
import org.qmk.qec.result.ShotFormat;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// What the commands of error correction read and write.
final class QecFiles {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int DETECTORS_MAX = 1 << 24;

    /// Writes to a stream.
    interface Writing {
        void to(OutputStream out) throws IOException, QecFailure, CommandFailure;
    }

    private QecFiles() {}

    /// A circuit in a file, or in standard input.
    static Circuit circuit(String name, Terminal terminal) throws CommandFailure {
        return circuit(name, InputFile.read(name, terminal));
    }

    /// The same, read already.
    static Circuit circuit(String name, byte[] bytes) throws CommandFailure {
        try {
            return CircuitReader.read(new ByteArrayInputStream(bytes));
        } catch (QecFailure wrong) {
            throw failure(name, wrong);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be read", impossible);
        }
    }

    /// A model in a file, or in standard input.
    static DetectorErrorModel model(String name, Terminal terminal) throws CommandFailure {
        String text = new String(InputFile.read(name, terminal), StandardCharsets.UTF_8);
        try {
            DetectorErrorModel model = DetectorErrorModel.parse(text);
            if (Math.max(model.detectors(), model.observables()) <= DETECTORS_MAX) return model;
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s has %d detectors and %d observables, expected up to %d."
                            .formatted(
                                    name, model.detectors(), model.observables(), DETECTORS_MAX));
        } catch (QecFailure wrong) {
            throw QecFiles.failure(name, wrong);
        }
    }

    /// What is wrong with a file.
    static CommandFailure failure(String name, QecFailure wrong) {
        return new CommandFailure(ExitCode.FAILED, name + ": " + wrong.getMessage() + ".");
    }

    /// A file to be read piece by piece, or standard input.
    static InputStream open(String name, Terminal terminal) throws CommandFailure {
        if (name.equals(InputFile.STDIN)) return terminal.in();
        try {
            return Files.newInputStream(terminal.file(name));
        } catch (IOException | InvalidPathException failed) {
            throw new CommandFailure(
                    ExitCode.UNREADABLE, name + " cannot be read: " + text(failed) + ".");
        }
    }

    /// Where the result goes.
    static OptionSpec out() {
        return QmkCommand.option("FILE", "--out", "-o")
                .description("Write here. Default: standard output.")
                .build();
    }

    /// How many shots, from which seed, and where they go.
    static void addShots(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("N", "--shots", "-n")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 0, 1L << 40))
                        .description("Shots. Default: 1.")
                        .build());
        spec.addOption(
                QmkCommand.option("S", "--seed")
                        .type(Long.class)
                        .converters(WholeNumber::seed)
                        .description("The same seed gives the same shots. Default: random.")
                        .build());
        spec.addOption(out());
        spec.addOption(format("--out-format", "Shots"));
    }

    /// Whether and where observables go beside detectors.
    static void addObservables(CommandSpec spec) {
        spec.addOption(flag("--append-observables", "Put observables behind detectors."));
        spec.addOption(
                QmkCommand.option("FILE", "--obs-out", "--obs_out")
                        .description("Write observables here.")
                        .build());
        spec.addOption(format("--obs-out-format", "Observables"));
    }

    /// Writes a file piece by piece; standard output if none is named.
    static void write(Optional<String> name, Terminal terminal, Writing writing)
            throws CommandFailure, QecFailure {
        try (OutputStream out = stream(name, terminal)) {
            writing.to(out);
        } catch (IOException | InvalidPathException failed) {
            if (failed.getCause() instanceof CommandFailure stopped) throw stopped;
            throw new CommandFailure(
                    ExitCode.FAILED,
                    name.orElse("standard output") + " cannot be written: " + text(failed) + ".");
        }
    }

    private static String text(Exception failed) {
        return failed instanceof IOException e ? FileTrouble.text(e) : failed.getMessage();
    }

    private static OutputStream stream(Optional<String> name, Terminal terminal)
            throws IOException {
        if (name.isPresent()) {
            OutputStream out = Files.newOutputStream(terminal.file(name.get()));
            return new BufferedOutputStream(out, BUFFER_BYTES);
        }
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                try {
                    terminal.print(java.util.Arrays.copyOfRange(bytes, from, from + count));
                } catch (CommandFailure stopped) {
                    throw new IOException(stopped);
                }
            }
        };
    }

    /// An option that names a format of results.
    static OptionSpec format(String name, String what) {
        return QmkCommand.option("F", name, name.replaceFirst("-(?=[a-z0-9]+$)", "_"))
                .type(ShotFormat.class)
                .converters(QecFiles::formatOf)
                .description(what + " in 01, b8, r8, ptb64, hits or dets. Default: 01.")
                .build();
    }

    private static ShotFormat formatOf(String word) {
        return ShotFormat.of(word)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is no format, expected %s"
                                                .formatted(
                                                        word, "01, b8, r8, ptb64, hits or dets")));
    }

    /// The option that names a decoder.
    ///
    /// @param words those that the command takes
    static OptionSpec decoder(String words) {
        return QmkCommand.option("D", "--decoder")
                .type(DecoderKind.class)
                .converters(QecFiles::decoderOf)
                .description(words + ". Default: matching.")
                .build();
    }

    private static DecoderKind decoderOf(String word) {
        return DecoderKind.of(word)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is no decoder, expected %s"
                                                .formatted(
                                                        word,
                                                        "matching, correlated, union-find,"
                                                                + " bposd, relay or"
                                                                + " postselect")));
    }

    static Optional<String> text(ParseResult arguments, String option) {
        return Optional.ofNullable(arguments.matchedOptionValue(option, (String) null));
    }

    /// An option that is there or not.
    static OptionSpec flag(String name, String what) {
        return OptionSpec.builder(name, "--" + name.substring(2).replace('-', '_'))
                .description(what)
                .build();
    }

    /// An option with a chance.
    static OptionSpec chance(String name, String what) {
        return QmkCommand.option("P", name, "--" + name.substring(2).replace('-', '_'))
                .type(Double.class)
                .converters(QecFiles::chanceOf)
                .description(what)
                .build();
    }

    /// A number from 0 to 1.
    static double chanceOf(String text) {
        try {
            double chance = Double.parseDouble(text);
            if (chance >= 0 && chance <= 1) return chance;
        } catch (NumberFormatException notNumber) {
            throw noChance(text);
        }
        throw noChance(text);
    }

    private static TypeConversionException noChance(String text) {
        return new TypeConversionException("'%s' is no chance, expected 0 to 1".formatted(text));
    }
}
