package org.qmk.qec.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.qec.QecFailure;

class ResultFormatsTest {

    private static ShotRows rows(int bits, int shots, double chance) {
        var random = new Random(bits);
        var rows = new ShotRows(bits, shots);
        rows.resize(shots);
        for (int shot = 0; shot < shots; shot++) {
            for (int bit = 0; bit < bits; bit++) {
                if (random.nextDouble() < chance) rows.flip(shot, bit);
            }
        }
        return rows;
    }

    private static byte[] written(ShotRows rows, ShotFormat format, RecordLayout layout)
            throws IOException, QecFailure {
        var out = new ByteArrayOutputStream();
        new ResultWriter(out, format, layout).write(rows);
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(ShotFormat.class)
    void what_is_written_reads_back(ShotFormat format) throws IOException, QecFailure {
        for (int bits : new int[] {1, 8, 63, 64, 65, 900}) {
            for (double chance : new double[] {0, 0.003, 0.5, 1}) {
                ShotRows rows = rows(bits, 128, chance);
                var layout = new RecordLayout(0, bits - 1, 1);
                byte[] bytes = written(rows, format, layout);
                var reader = new ResultReader(new ByteArrayInputStream(bytes), format, layout);
                var back = new ShotRows(bits, 64);

                for (int half = 0; half < 128; half += 64) {
                    assertTrue(reader.read(back), format + " ends early");
                    for (int shot = 0; shot < 64; shot++) {
                        for (int bit = 0; bit < bits; bit++) {
                            assertEquals(rows.get(half + shot, bit), back.get(shot, bit));
                        }
                    }
                }
                assertFalse(reader.read(back), format + " goes on");
            }
        }
    }

    @Test
    void formats_are_the_bytes_that_other_tools_write() throws IOException, QecFailure {
        var rows = new ShotRows(10, 64);
        rows.resize(2);
        rows.flip(0, 1);
        rows.flip(0, 9);
        var layout = new RecordLayout(2, 7, 1);

        assertEquals("0100000001\n0000000000\n", text(written(rows, ShotFormat.TEXT, layout)));
        assertEquals("1,9\n\n", text(written(rows, ShotFormat.HITS, layout)));
        assertEquals("shot M1 L0\nshot\n", text(written(rows, ShotFormat.DETS, layout)));
        assertArrayEquals(new byte[] {2, 2, 0, 0}, written(rows, ShotFormat.B8, layout));
        assertArrayEquals(new byte[] {1, 7, 0, 10}, written(rows, ShotFormat.R8, layout));
        rows.resize(64);
        byte[] group = written(rows, ShotFormat.PTB64, layout);
        assertEquals(80, group.length);
        assertEquals(1, group[8]);
        assertEquals(1, group[72]);
    }

    @Test
    void long_runs_take_several_bytes() throws IOException, QecFailure {
        var rows = new ShotRows(600, 64);
        rows.resize(1);
        rows.flip(0, 255);

        byte[] bytes = written(rows, ShotFormat.R8, new RecordLayout(600, 0, 0));

        assertArrayEquals(new byte[] {(byte) 255, 0, (byte) 255, 89}, bytes);
    }

    @Test
    void ptb64_takes_64_shots_only() {
        ShotRows rows = rows(4, 65, 0.5);

        var failure =
                assertThrows(
                        QecFailure.class,
                        () -> written(rows, ShotFormat.PTB64, new RecordLayout(4, 0, 0)));

        assertEquals("QEC-RESULT-1", failure.rule().code());
    }

    @ParameterizedTest
    @CsvSource({"TEXT,01x", "TEXT,01", "HITS,5", "HITS,1;2", "DETS,shot D0", "DETS,sot", "B8,xyz"})
    void files_that_are_not_what_they_should_be_are_refused(ShotFormat format, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        var layout = new RecordLayout(3, 0, 0);
        var reader = new ResultReader(new ByteArrayInputStream(bytes), format, layout);

        var failure = assertThrows(QecFailure.class, () -> reader.read(new ShotRows(3, 64)));

        assertEquals("QEC-RESULT-1", failure.rule().code());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Test
    void parts_are_the_bits_between() {
        ShotRows rows = rows(200, 3, 0.5);

        ShotRows part = rows.part(37, 171);

        assertEquals(134, part.bits());
        for (int shot = 0; shot < 3; shot++) {
            for (int bit = 0; bit < 134; bit++) {
                assertEquals(rows.get(shot, 37 + bit), part.get(shot, bit));
            }
        }
        assertEquals(0, part.words()[part.stride() - 1] >>> 134 - 128);
    }
}
