package org.qmk.qir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.CanonicalForm;

/// Bitcode says what its text says. The files were assembled from the samples by the version of
/// LLVM in their names; BitcodeCorpusTest in checks/conformance assembles many more.
class BitcodeReaderTest {

    /// The samples in bitcode.
    static final List<String> FILES =
            List.of("base-14.bc", "adaptive-19.bc", "until-19.bc", "dynamic-19.bc");

    private static final QirSettings BOUNDED = QirSettings.DEFAULT.withLoopBound(3);

    static byte[] file(String name) throws IOException {
        try (InputStream in = BitcodeReaderTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of(FILES.get(0), QirSamples.BASE),
                Arguments.of(FILES.get(1), QirSamples.ADAPTIVE),
                Arguments.of(FILES.get(2), QirSamples.UNTIL),
                Arguments.of(FILES.get(3), QirSamples.DYNAMIC));
    }

    private static QirReading.Ok ok(QirReading reading) {
        return assertInstanceOf(QirReading.Ok.class, reading, reading::toString);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bitcode_becomes_the_graph_of_its_text(String name, String text) throws IOException {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        QirReading.Ok expected = ok(QirReader.read(source, "it", BOUNDED));

        QirReading.Ok found = ok(QirReader.readBitcode(file(name), "it", BOUNDED));

        assertArrayEquals(
                CanonicalForm.digest(expected.graph()), CanonicalForm.digest(found.graph()));
        assertEquals(expected.outputs().toString(), found.outputs().toString());
        assertEquals(expected.warnings().size(), found.warnings().size());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void strict_finds_the_same_in_bitcode(String name, String text) throws IOException {
        QirSettings strict = BOUNDED.with(QirValidation.STRICT);
        byte[] source = text.getBytes(StandardCharsets.UTF_8);

        assertEquals(
                codes(QirReader.read(source, "it", strict)),
                codes(QirReader.readBitcode(file(name), "it", strict)));
    }

    private static List<String> codes(QirReading reading) {
        List<QirDiagnostic> found =
                switch (reading) {
                    case QirReading.Ok ok -> ok.warnings();
                    case QirReading.Failed failed -> failed.errors();
                };
        return found.stream().map(QirDiagnostic::code).sorted().toList();
    }

    @Test
    void a_wrapper_is_looked_into() throws IOException {
        byte[] bare = file(FILES.get(1));
        ByteBuffer wrapped = ByteBuffer.allocate(bare.length + 24).order(ByteOrder.LITTLE_ENDIAN);
        wrapped.putInt(0x0B17C0DE).putInt(0).putInt(20).putInt(bare.length).putInt(7).put(bare);

        QirReading.Ok found = ok(QirReader.readBitcode(wrapped.array(), "it", BOUNDED));

        assertArrayEquals(
                CanonicalForm.digest(ok(QirReader.readBitcode(bare, "it", BOUNDED)).graph()),
                CanonicalForm.digest(found.graph()));
    }

    @Test
    void bitcode_that_is_cut_off_is_refused_wherever_it_is_cut() throws IOException {
        byte[] whole = file(FILES.get(1));
        for (int length = 0; length < whole.length - 4; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            int at = length;

            QirReading reading = QirReader.readBitcode(part, "it", BOUNDED);

            var failed = assertInstanceOf(QirReading.Failed.class, reading, () -> "cut at " + at);
            assertTrue(failed.errors().getFirst().code().startsWith("QIR-"), failed::toString);
        }
    }

    @Test
    void messages_name_no_place_in_a_text_that_nobody_sees() throws IOException {
        QirReading reading = QirReader.readBitcode(file(FILES.get(2)), "it", QirSettings.DEFAULT);

        var failed = assertInstanceOf(QirReading.Failed.class, reading);

        assertEquals("QIR-LOOP-1", failed.errors().getFirst().code());
        assertEquals(0, failed.errors().getFirst().line());
    }
}
