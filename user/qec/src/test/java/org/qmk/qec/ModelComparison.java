package org.qmk.qec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ModelInstruction;
import org.qmk.qec.dem.ModelItem;
import org.qmk.qec.dem.ModelRepeat;

/// Compares models item by item; numbers may differ by rounding.
public final class ModelComparison {

    private static final double TOLERANCE = 1e-12;

    private ModelComparison() {}

    public static void assertAlike(DetectorErrorModel expected, DetectorErrorModel found) {
        assertAlike(expected, found, "");
    }

    private static void assertAlike(
            DetectorErrorModel expected, DetectorErrorModel found, String where) {
        int count = Math.min(expected.items().size(), found.items().size());
        for (int i = 0; i < count; i++) {
            ModelItem wanted = expected.items().get(i);
            ModelItem given = found.items().get(i);
            String place = where + "item " + i + ", ";
            switch (wanted) {
                case ModelRepeat(long turns, var body, var tag) -> {
                    var loop = assertInstanceOf(ModelRepeat.class, given, place);
                    assertEquals(turns, loop.count(), place);
                    assertEquals(tag, loop.tag(), place);
                    assertAlike(body, loop.body(), place);
                }
                case ModelInstruction instruction -> {
                    var other = assertInstanceOf(ModelInstruction.class, given, place);
                    assertAlike(instruction, other, place);
                }
            }
        }
        assertEquals(expected.items().size(), found.items().size(), where + "number of items");
    }

    private static void assertAlike(ModelInstruction wanted, ModelInstruction given, String place) {
        String both = place + wanted + " and " + given;
        assertEquals(wanted.type(), given.type(), both);
        assertEquals(wanted.tag(), given.tag(), both);
        assertEquals(wanted.targetCount(), given.targetCount(), both);
        for (int k = 0; k < wanted.targetCount(); k++) {
            assertEquals(wanted.target(k), given.target(k), both);
        }
        assertEquals(wanted.argumentCount(), given.argumentCount(), both);
        for (int k = 0; k < wanted.argumentCount(); k++) {
            assertEquals(wanted.argument(k), given.argument(k), TOLERANCE, both);
        }
    }
}
