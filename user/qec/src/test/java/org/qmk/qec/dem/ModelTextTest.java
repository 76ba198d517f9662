package org.qmk.qec.dem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qec.QecFailure;

class ModelTextTest {

    private static final String ALL =
            """
            error(0.125) D0 D1 ^ D2 L0
            error[t](0.25) D3
            detector(1, 2) D0
            shift_detectors(0, 0.5) 2
            repeat 3 {
                error(0.001) D0 D1
                detector(1) D1
                shift_detectors(1) 1
            }
            logical_observable L4
            """;

    @Test
    void what_is_written_reads_back() throws QecFailure {
        var model = DetectorErrorModel.parse(ALL);

        assertEquals(ALL, model.toString());
        assertEquals(model, DetectorErrorModel.parse(model.toString()));
        assertEquals(6, model.detectors());
        assertEquals(5, model.observables());
        assertEquals(5, model.errors());
        assertEquals(5, model.shift());
    }

    @Test
    void columns_have_every_turn_with_absolute_detectors() throws QecFailure {
        ErrorColumns errors = DetectorErrorModel.parse(ALL).columns();

        assertEquals(5, errors.count());
        assertEquals(0.125, errors.chance(0));
        assertEquals(ErrorColumns.SEPARATOR, errors.symptom(2));
        assertEquals(0, ErrorColumns.observable(errors.symptom(4)));
        assertEquals(4, errors.symptom(errors.start(4)));
        assertEquals(5, errors.symptom(errors.end(4) - 1));
    }

    @Test
    void coordinates_move_with_their_detectors() throws QecFailure {
        var places = DetectorErrorModel.parse(ALL).coordinates();

        assertEquals("[0, 3, 4, 5]", places.keySet().toString());
        assertArrayEquals(new double[] {1, 2}, places.get(0L));
        assertArrayEquals(new double[] {3}, places.get(5L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error(1.5) D0|QEC-CIRCUIT-1",
                "error D0|QEC-CIRCUIT-1",
                "error(0.1) D0 ^|QEC-CIRCUIT-1",
                "error(0.1) ^ D0|QEC-CIRCUIT-2",
                "detector L0|QEC-CIRCUIT-2",
                "detector D0 D1|QEC-CIRCUIT-1",
                "shift_detectors D0|QEC-CIRCUIT-2",
                "eror(0.1) D0|QEC-SYNTAX-2",
                "repeat 3 {|QEC-SYNTAX-4",
            })
    void mistakes_have_a_code_and_a_place(String text, String code) {
        var failure = assertThrows(QecFailure.class, () -> DetectorErrorModel.parse("\n" + text));

        assertEquals(code, failure.rule().code(), failure.getMessage());
        assertEquals(2, failure.line());
    }
}
