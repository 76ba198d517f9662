package org.qmk.qec.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qec.GoldenQec;
import org.qmk.qec.QecFailure;
import org.qmk.qec.analysis.AnalysisOptions;
import org.qmk.qec.analysis.ErrorAnalysis;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.result.RecordLayout;
import org.qmk.qec.result.ResultReader;
import org.qmk.qec.result.ResultWriter;
import org.qmk.qec.result.ShotFormat;
import org.qmk.qec.result.ShotRows;

/// Maps that no chance is in, bit for bit as Stim has them.
class GoldenMapsTest {

    static List<String> sets() {
        return GoldenQec.sets();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void measurements_become_the_same_detection_events(String set) throws IOException, QecFailure {
        var circuit = Circuit.parse(GoldenQec.text(set, ".stim"));
        var converter = new MeasurementConverter(circuit, false);
        byte[] measured = GoldenQec.bytes(set, ".meas.b8");
        ShotRows shots = read(measured, (int) circuit.measurements());

        ShotRows events = converter.convert(shots);

        assertSplit(set, events, (int) circuit.detectors(), ".meas.dets.b8", ".meas.obs.b8");
    }

    @ParameterizedTest
    @MethodSource("sets")
    void errors_flip_the_same_detectors(String set) throws IOException, QecFailure {
        var circuit = Circuit.parse(GoldenQec.text(set, ".stim"));
        var model = ErrorAnalysis.of(circuit, AnalysisOptions.DECOMPOSED);
        byte[] errors = GoldenQec.bytes(set, ".demerrs.b8");
        var sampler = new ModelSampler(model);
        ShotRows shots = read(errors, sampler.errors());

        ShotRows events = sampler.flipped(shots);

        assertSplit(set, events, sampler.detectors(), ".demdets.b8", ".demobs.b8");
    }

    @ParameterizedTest
    @MethodSource("sets")
    void the_noiseless_record_fires_no_detector(String set) throws IOException, QecFailure {
        var circuit = Circuit.parse(GoldenQec.text(set, ".stim"));
        var rows = new ShotRows((int) circuit.measurements(), 1);
        rows.resize(1);

        BitSet found = ReferenceSample.of(circuit);

        for (int bit = 0; bit < rows.bits(); bit++) if (found.get(bit)) rows.flip(0, bit);
        ShotRows events = new MeasurementConverter(circuit, true).convert(rows);
        for (int bit = 0; bit < events.bits(); bit++) {
            assertFalse(events.get(0, bit), "detector or observable " + bit);
        }
    }

    private static ShotRows read(byte[] bytes, int bits) throws IOException, QecFailure {
        var layout = new RecordLayout(bits, 0, 0);
        int count = bytes.length / ((bits + 7) / 8);
        var rows = new ShotRows(bits, count);
        var reader = new ResultReader(new ByteArrayInputStream(bytes), ShotFormat.B8, layout);
        reader.read(rows);
        assertEquals(count, rows.shots());
        return rows;
    }

    private static void assertSplit(
            String set, ShotRows events, int detectors, String detsEnding, String obsEnding)
            throws IOException, QecFailure {
        byte[] dets = b8(events.part(0, detectors));
        byte[] obs = b8(events.part(detectors, events.bits()));
        assertArrayEquals(GoldenQec.bytes(set, detsEnding), dets);
        assertArrayEquals(GoldenQec.bytes(set, obsEnding), obs);
    }

    private static byte[] b8(ShotRows rows) throws IOException, QecFailure {
        var out = new ByteArrayOutputStream();
        new ResultWriter(out, ShotFormat.B8, new RecordLayout(rows.bits(), 0, 0)).write(rows);
        return out.toByteArray();
    }
}
