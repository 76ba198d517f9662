package org.qmk.runtime.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {

    /// RFC 8949, appendix A, and the edges of each head.
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "10, 0a",
        "23, 17",
        "24, 1818",
        "25, 1819",
        "100, 1864",
        "255, 18ff",
        "256, 190100",
        "1000, 1903e8",
        "65535, 19ffff",
        "65536, 1a00010000",
        "1000000, 1a000f4240",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "1000000000000, 1b000000e8d4a51000",
        "9223372036854775807, 1b7fffffffffffffff"
    })
    void an_integer_has_the_encoding_of_the_standard(long value, String hex)
            throws CborReader.Malformed {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertArrayEquals(bytes, new CborWriter().unsigned(value).toBytes());
        assertEquals(value, new CborReader(bytes).unsigned(0, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1800",
                "1817",
                "190000",
                "1900ff",
                "1a0000ffff",
                "1b00000000ffffffff",
                "1bffffffffffffffff",
                "1b8000000000000000",
                "1c",
                "1f",
                "18",
                "1903",
                "1a000f42",
                "20",
                "40",
                "60",
                "80",
                "a0",
                "c000",
                "f5",
                "fa47c35000"
            })
    void another_encoding_of_an_integer_is_refused(String hex) {
        CborReader reader = new CborReader(HexFormat.of().parseHex(hex));

        assertThrows(CborReader.Malformed.class, () -> reader.unsigned(0, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "41", "420a", "580101", "590001aa", "5f4101ff", "6161", "5bffff"})
    void another_encoding_of_a_byte_string_is_refused(String hex) {
        CborReader reader = new CborReader(HexFormat.of().parseHex(hex));

        assertThrows(CborReader.Malformed.class, () -> reader.bytes(0, Integer.MAX_VALUE));
    }

    @Test
    void a_byte_string_and_an_array_have_the_encodings_of_the_standard()
            throws CborReader.Malformed {
        byte[] content = {1, 2, 3, 4};
        byte[] bytes = new CborWriter().array(1).bytes(content).toBytes();

        assertArrayEquals(HexFormat.of().parseHex("814401020304"), bytes);
        CborReader reader = new CborReader(bytes);
        assertEquals(1, reader.array(0, 5));
        assertArrayEquals(content, reader.bytes(4, 4));
        reader.end();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bytes_that_are_read_are_the_bytes_that_are_written(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(9)];
            random.nextBytes(bytes);
            bytes[0] &= 0x1F;
            if (random.nextBoolean() && bytes.length > 1) bytes[1] = 0;
            try {
                CborReader reader = new CborReader(bytes);
                long value = reader.unsigned(0, Long.MAX_VALUE);
                reader.end();
                read++;
                assertArrayEquals(bytes, new CborWriter().unsigned(value).toBytes());
            } catch (CborReader.Malformed _) {
                // Most of them are.
            }
        }
        assertEquals(true, read > 1000, read + " were read");
    }
}
