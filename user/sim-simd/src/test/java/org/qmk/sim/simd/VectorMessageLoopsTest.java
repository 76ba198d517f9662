package org.qmk.sim.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.sim.loops.LoopChoice;
import org.qmk.sim.loops.MessageLoops;
import org.qmk.sim.loops.ScalarMessageLoops;

final class VectorMessageLoopsTest {

    @Test
    void decoders_find_the_vector_loops() {
        assertInstanceOf(VectorMessageLoops.class, LoopChoice.messages());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 40})
    void messages_are_the_scalar_loops(int rows) {
        var random = new SplittableRandom(rows);
        int columns = 30;
        int[] rowStarts = new int[rows + 1];
        for (int i = 0; i < rows; i++) rowStarts[i + 1] = rowStarts[i] + random.nextInt(7);
        int[] column = random.ints(rowStarts[rows], 0, columns).toArray();
        int lanes = MessageLoops.LANES;
        int[] beliefs = random.ints((long) lanes * columns, -50, 50).toArray();
        int[] fired = random.ints((long) lanes * rows, -1, 1).toArray();
        int[] sizes = random.ints(2L * lanes * rows, 0, 50).toArray();
        int[] marks = random.ints(column.length).toArray();
        int[] last = messages(rowStarts, sizes, marks);
        int[][] next = new int[2][lanes * columns];
        int[][] answerSizes = {sizes, sizes.clone()};
        int[][] answerMarks = {marks, marks.clone()};
        int[][] unexplained = new int[2][lanes];
        MessageLoops[] loops = {new ScalarMessageLoops(), new VectorMessageLoops()};

        for (int i = 0; i < 2; i++) {
            loops[i].exchange(
                    rowStarts,
                    column,
                    beliefs,
                    next[i],
                    answerSizes[i],
                    answerMarks[i],
                    new int[7 * lanes],
                    fired,
                    unexplained[i],
                    60,
                    5,
                    3);
        }

        assertArrayEquals(next[0], next[1]);
        assertArrayEquals(answerSizes[0], answerSizes[1]);
        assertArrayEquals(answerMarks[0], answerMarks[1]);
        assertArrayEquals(
                plain(rowStarts, column, beliefs, last, fired),
                messages(rowStarts, answerSizes[0], answerMarks[0]));
        for (int i = 0; i < lanes; i++) {
            unexplained[0][i] >>= 31;
            unexplained[1][i] >>= 31;
        }
        assertArrayEquals(unexplained[0], unexplained[1]);
    }

    /// Answers one by one, of entries and lanes.
    private static int[] messages(int[] rowStarts, int[] sizes, int[] marks) {
        int lanes = MessageLoops.LANES;
        int[] messages = new int[marks.length * lanes];
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            for (int entry = rowStarts[row]; entry < rowStarts[row + 1]; entry++) {
                for (int i = 0; i < lanes; i++) {
                    int isLarge = marks[entry] >>> lanes + i & 1;
                    int size = sizes[(2 * row + isLarge) * lanes + i];
                    messages[entry * lanes + i] = (marks[entry] >>> i & 1) != 0 ? -size : size;
                }
            }
        }
        return messages;
    }

    /// What a round answers, by its definition.
    private static int[] plain(
            int[] rowStarts, int[] column, int[] beliefs, int[] last, int[] fired) {
        int lanes = MessageLoops.LANES;
        int[] answers = new int[last.length];
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            for (int at = rowStarts[row] * lanes; at < rowStarts[row + 1] * lanes; at++) {
                int lane = at % lanes;
                int least = 60;
                int sign = fired[row * lanes + lane];
                for (int entry = rowStarts[row]; entry < rowStarts[row + 1]; entry++) {
                    int other = entry * lanes + lane;
                    if (other == at) continue;
                    int message = beliefs[column[entry] * lanes + lane] - last[other];
                    least = Math.min(least, Math.abs(message));
                    sign ^= message;
                }
                answers[at] = sign < 0 ? -(least * 5 >> 3) : least * 5 >> 3;
            }
        }
        return answers;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 33})
    void memories_are_the_scalar_loops(int columns) {
        var random = new SplittableRandom(columns);
        int lanes = MessageLoops.LANES;
        int[] priors = random.ints(columns, -3, 20_000).toArray();
        int[] strengths = random.ints((long) lanes * columns, -1024, 1025).toArray();
        int[] beliefs = random.ints((long) lanes * columns, -1 << 22, 1 << 22).toArray();
        int[][] next = new int[2][lanes * columns];
        MessageLoops[] loops = {new ScalarMessageLoops(), new VectorMessageLoops()};

        for (int i = 0; i < 2; i++) {
            loops[i].remember(priors, strengths, beliefs, next[i], 1 << 20, 10);
        }

        assertArrayEquals(next[0], next[1]);
        for (int i = 0; i < next[0].length; i++) {
            long change = Math.clamp((long) beliefs[i] - priors[i / lanes], -1 << 20, 1 << 20);
            assertEquals(priors[i / lanes] + (change * strengths[i] >> 10), next[0][i]);
        }
    }
}
