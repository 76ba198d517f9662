package org.qmk.qec.match;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.qmk.qec.QecFailure;
import org.qmk.qec.dem.DetectorErrorModel;

/// Shots with the predictions and weights of another decoder, from `../shared/conformance/qec`.
record GoldenSet(String name, Path folder) {

    /// All sets, or none if the folder is absent: then tests of them are skipped.
    static List<GoldenSet> all() throws IOException {
        Path folder = place();
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".weights.f64"))
                    .map(file -> file.substring(0, file.length() - ".weights.f64".length()))
                    .sorted()
                    .map(set -> new GoldenSet(set, folder))
                    .toList();
        }
    }

    private static Path place() {
        return Path.of(System.getProperty("qmk.root", "../.."), "../shared/conformance/qec");
    }

    byte[] bytes(String suffix) throws IOException {
        return Files.readAllBytes(folder.resolve(name + suffix));
    }

    DetectorErrorModel model() throws IOException, QecFailure {
        Path file = folder.resolve(name + ".decomposed.dem");
        if (!Files.exists(file)) file = folder.resolve(name + ".folded.dem");
        return DetectorErrorModel.parse(Files.readString(file));
    }

    double[] weights() throws IOException {
        var buffer = ByteBuffer.wrap(bytes(".weights.f64")).order(ByteOrder.LITTLE_ENDIAN);
        double[] weights = new double[buffer.remaining() / 8];
        buffer.asDoubleBuffer().get(weights);
        return weights;
    }

    @Override
    public String toString() {
        return name;
    }
}
