package org.qmk.sim;

import org.qmk.sim.loops.FrameLoops;
import org.qmk.sim.loops.LoopChoice;

/// Runs a frame program for 1,024 shots at once. What a batch gives depends on the program, the
/// seed and the number of the batch alone.
public final class FrameBatch {

    /// The shots of a batch.
    public static final int SHOTS = 64 * FrameLoops.WORDS;

    private static final FrameLoops LOOPS = LoopChoice.frames();
    private static final FrameOp[] OPS = FrameOp.values();
    private static final int SHOTS_LOG = 31 - Integer.numberOfLeadingZeros(SHOTS);

    private final FrameProgram program;
    private final long[] rows;
    private final long[] random = new long[FrameLoops.STATE_WORDS];
    private final NoiseStream[] streams;
    private final long[] patchX = new long[SHOTS / 64];
    private final long[] patchZ = new long[SHOTS / 64];

    public FrameBatch(FrameProgram program) {
        this.program = program;
        rows = new long[program.words()];
        streams = new NoiseStream[program.streams()];
        for (int i = 0; i < streams.length; i++) streams[i] = new NoiseStream(program.chance(i));
    }

    /// One word of an output's row: 64 shots.
    public long word(int output, int word) {
        return rows[program.outputStart(output) + word];
    }

    /// Copies an output's row: `SHOTS / 64` words.
    public void copy(int output, long[] to, int at) {
        System.arraycopy(rows, program.outputStart(output), to, at, FrameLoops.WORDS);
    }

    /// Runs the shots from `batch * SHOTS` on.
    public void run(long seed, long batch) {
        ShotStream.fill(random, seed, batch);
        for (int i = 0; i < streams.length; i++) streams[i].start(seed, batch, i);
        int[] code = program.code();
        for (int at = 0; at < code.length; at = code[at + 1]) {
            int from = at + FrameProgram.HEAD;
            int to = code[at + 1];
            switch (OPS[code[at]]) {
                case XOR -> LOOPS.xor(rows, code, from, to);
                case AND -> LOOPS.and(rows, code, from, to);
                case OR -> LOOPS.or(rows, code, from, to);
                case COPY -> LOOPS.copy(rows, code, from, to);
                case SUM -> LOOPS.sum(rows, code, from, to);
                case CLEAR -> LOOPS.clear(rows, code, from, to);
                case INVERT -> LOOPS.invert(rows, code, from, to);
                case RANDOM -> LOOPS.random(rows, code, from, to, random);
                case ADD_RANDOM -> LOOPS.addRandom(rows, code, from, to, random);
                case FLIP -> flip(code, from, to, program.channel(code[at + 2]));
                case PAULI -> pauli(code, from, to, program.channel(code[at + 2]));
                case PAULI_2 -> pauliOfTwo(code, from, to, program.channel(code[at + 2]));
                case PATCH -> {
                    FrameProgram.Patch patch = program.patch(code[at + 2]);
                    patch.errors().draw(seed, batch, patch.place(), patch.epochs(), patchX, patchZ);
                    for (int w = 0; w < patchX.length; w++) {
                        rows[code[from] + w] ^= patchX[w];
                        rows[code[from + 1] + w] ^= patchZ[w];
                    }
                }
            }
        }
    }

    private void flip(int[] code, int from, int to, FrameProgram.Channel channel) {
        NoiseStream stream = streams[channel.stream()];
        long trials = (long) (to - from) << SHOTS_LOG;
        while (stream.ahead() < trials) {
            int trial = (int) (stream.ahead() & SHOTS - 1);
            int row = code[from + (int) (stream.ahead() >>> SHOTS_LOG)];
            rows[row + (trial >>> 6)] ^= 1L << trial;
            stream.advance();
        }
        stream.pass(trials);
    }

    private void pauli(int[] code, int from, int to, FrameProgram.Channel channel) {
        NoiseStream stream = streams[channel.stream()];
        long trials = (long) (to - from >> 1) << SHOTS_LOG;
        while (stream.ahead() < trials) {
            int trial = (int) (stream.ahead() & SHOTS - 1);
            int pair = from + 2 * (int) (stream.ahead() >>> SHOTS_LOG);
            long choice = stream.choice();
            long x = choice < channel.untilY() ? 1 : 0;
            long z = choice < channel.untilX() ? 0 : 1;
            int word = trial >>> 6;
            rows[code[pair] + word] ^= x << trial;
            rows[code[pair + 1] + word] ^= z << trial;
            stream.advance();
        }
        stream.pass(trials);
    }

    private void pauliOfTwo(int[] code, int from, int to, FrameProgram.Channel channel) {
        NoiseStream stream = streams[channel.stream()];
        long trials = (long) (to - from >> 2) << SHOTS_LOG;
        while (stream.ahead() < trials) {
            int trial = (int) (stream.ahead() & SHOTS - 1);
            int four = from + 4 * (int) (stream.ahead() >>> SHOTS_LOG);
            long letters = 1 + (stream.choice() * 15 >>> 32);
            int word = trial >>> 6;
            rows[code[four] + word] ^= (letters & 1) << trial;
            rows[code[four + 1] + word] ^= (letters >>> 1 & 1) << trial;
            rows[code[four + 2] + word] ^= (letters >>> 2 & 1) << trial;
            rows[code[four + 3] + word] ^= (letters >>> 3) << trial;
            stream.advance();
        }
        stream.pass(trials);
    }
}
