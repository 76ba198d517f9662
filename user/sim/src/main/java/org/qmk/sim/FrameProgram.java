package org.qmk.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.sim.loops.FrameLoops;

/// A Clifford circuit as the sampler of Pauli frames runs it: a flat list of instructions on rows
/// of 1,024 shots. A frame has an X and a Z row for each slot; an X bit says that the shot differs
/// from the reference by an X there. Other rows are records of measurements and what is made of
/// them: events, or detectors.
///
/// An instruction is, in `code`: its `FrameOp`, where the next one starts, its channel or -1, then
/// the word at which each row starts. H and SWAP are gone: they exchange the names of rows.
public final class FrameProgram {

    /// Where rows start: with objects at multiples of 64 bytes, so are the rows.
    private static final int START = 6;

    /// The words of an instruction before its rows.
    static final int HEAD = 3;

    private static final int WINDOW = 8;

    /// What happens at one place: with the chance given, X, Y or Z.
    ///
    /// @param stream which stream of gaps: one for each chance
    /// @param untilX in 2^-32 of what happens: the share of X
    /// @param untilY the share of X and Y
    record Channel(int stream, long untilX, long untilY) {}

    /// A place whose errors somebody else draws.
    record Patch(PatchErrors errors, int place, int epochs) {}

    private final int[] code;
    private final int words;
    private final int[] outputs;
    private final Channel[] channels;
    private final double[] chances;
    private final Patch[] patches;

    private FrameProgram(Builder builder) {
        code = builder.code();
        words = START + builder.rows * FrameLoops.WORDS;
        outputs = builder.outputs.stream().mapToInt(FrameProgram::start).toArray();
        channels = builder.channels.toArray(Channel[]::new);
        chances = builder.chances.stream().mapToDouble(Double::doubleValue).toArray();
        patches = builder.patches.toArray(Patch[]::new);
    }

    private static int start(int row) {
        return START + row * FrameLoops.WORDS;
    }

    /// The instructions; not to be changed.
    int[] code() {
        return code;
    }

    /// The words of all rows.
    int words() {
        return words;
    }

    /// The number of rows that are results.
    public int outputCount() {
        return outputs.length;
    }

    /// The word at which an output's row starts.
    int outputStart(int output) {
        return outputs[output];
    }

    Channel channel(int index) {
        return channels[index];
    }

    Patch patch(int index) {
        return patches[index];
    }

    /// The number of streams of gaps.
    int streams() {
        return chances.length;
    }

    /// The chance of a stream's trials.
    double chance(int stream) {
        return chances[stream];
    }

    /// Adds gates, measurements and noise in the order in which they happen. Each slot is reset
    /// before it is used.
    public static final class Builder {

        private static final class Instruction {
            final FrameOp op;
            final int channel;
            int[] rows = new int[8];
            int size;

            Instruction(FrameOp op, int channel) {
                this.op = op;
                this.channel = channel;
            }
        }

        private final List<Instruction> instructions = new ArrayList<>();
        private final List<Integer> outputs = new ArrayList<>();
        private final List<Channel> channels = new ArrayList<>();
        private final List<Double> chances = new ArrayList<>();
        private final List<Patch> patches = new ArrayList<>();
        // By slot.
        private final int[] rowX;
        private final int[] rowZ;
        private int rows;
        // By row: the last instruction that names it.
        private int[] lastUse;
        private int lastRandom = -1;
        private int lastNoise = -1;
        private long size;

        /// @param slots 0 or more
        public Builder(int slots) {
            rowX = new int[slots];
            rowZ = new int[slots];
            lastUse = new int[2 * slots + 16];
            for (int slot = 0; slot < slots; slot++) {
                rowX[slot] = row();
                rowZ[slot] = row();
                discard(slot);
            }
        }

        public FrameProgram build() {
            return new FrameProgram(this);
        }

        /// A row whose content is not known.
        public int row() {
            if (rows == lastUse.length) lastUse = Arrays.copyOf(lastUse, 2 * rows);
            lastUse[rows] = -1;
            return rows++;
        }

        /// Makes a row one of the results, which are numbered in this order.
        public void output(int row) {
            outputs.add(row);
        }

        /// The row of the slot's X part now.
        public int rowX(int slot) {
            return rowX[slot];
        }

        /// The row of the slot's Z part now.
        public int rowZ(int slot) {
            return rowZ[slot];
        }

        /// Adds a row to another, modulo 2 in each bit.
        public void xor(int to, int from) {
            add(FrameOp.XOR, -1, to, from);
        }

        public void and(int to, int from) {
            add(FrameOp.AND, -1, to, from);
        }

        public void or(int to, int from) {
            add(FrameOp.OR, -1, to, from);
        }

        public void copy(int to, int from) {
            add(FrameOp.COPY, -1, to, from);
        }

        /// Makes a row the sum of others: of none, 0.
        public void sum(int to, int... from) {
            int[] all = new int[from.length + 1];
            all[0] = to;
            System.arraycopy(from, 0, all, 1, from.length);
            add(FrameOp.SUM, -1, all);
        }

        public void clear(int row) {
            add(FrameOp.CLEAR, -1, row);
        }

        public void invert(int row) {
            add(FrameOp.INVERT, -1, row);
        }

        public void random(int row) {
            add(FrameOp.RANDOM, -1, row);
        }

        /// Exchanges the names of the rows: nothing is left to do at run time.
        public void h(int slot) {
            int row = rowX[slot];
            rowX[slot] = rowZ[slot];
            rowZ[slot] = row;
        }

        /// S and its inverse.
        public void s(int slot) {
            xor(rowZ[slot], rowX[slot]);
        }

        /// The square root of X and its inverse.
        public void sx(int slot) {
            xor(rowX[slot], rowZ[slot]);
        }

        public void cnot(int control, int target) {
            xor(rowX[target], rowX[control]);
            xor(rowZ[control], rowZ[target]);
        }

        public void cz(int a, int b) {
            xor(rowZ[a], rowX[b]);
            xor(rowZ[b], rowX[a]);
        }

        public void swap(int a, int b) {
            int row = rowX[a];
            rowX[a] = rowX[b];
            rowX[b] = row;
            row = rowZ[a];
            rowZ[a] = rowZ[b];
            rowZ[b] = row;
        }

        /// Puts a slot into the state 0.
        public void reset(int slot) {
            clear(rowX[slot]);
            random(rowZ[slot]);
        }

        /// Puts a slot into the state 0, where a `reset` comes before it is used again.
        void discard(int slot) {
            clear(rowX[slot]);
            clear(rowZ[slot]);
        }

        /// Measures Z: the row becomes 1 where the outcome is not the reference's.
        public void measureZ(int slot, int record) {
            copy(record, rowX[slot]);
            add(FrameOp.ADD_RANDOM, -1, rowZ[slot]);
        }

        /// Measures X, as `measureZ`.
        public void measureX(int slot, int record) {
            copy(record, rowZ[slot]);
            add(FrameOp.ADD_RANDOM, -1, rowX[slot]);
        }

        /// With the chance given, inverts each bit of a row: of a record, or of a part of a frame.
        public void flip(int row, double chance) {
            if (chance > 0) add(FrameOp.FLIP, channel(chance, 0, 0), row);
        }

        /// With the chances given, X, Y or Z on a slot, at most one of them.
        public void pauliChannel(int slot, double x, double y, double z) {
            double chance = x + y + z;
            if (!(x >= 0 && y >= 0 && z >= 0 && chance <= 1 + 1e-12)) {
                throw new IllegalArgumentException(
                        "chances are " + x + ", " + y + " and " + z + ", expected a sum up to 1");
            }
            if (chance == 0) return;
            int channel = channel(Math.min(1, chance), x / chance, (x + y) / chance);
            add(FrameOp.PAULI, channel, rowX[slot], rowZ[slot]);
        }

        /// With the chance given, X, Y or Z on a slot, alike.
        public void depolarize(int slot, double chance) {
            if (chance == 0) return;
            int channel = channel(chance, 1 / 3.0, 2 / 3.0);
            add(FrameOp.PAULI, channel, rowX[slot], rowZ[slot]);
        }

        /// With the chance given, one of the 15 Paulis on two slots, alike.
        public void depolarize(int a, int b, double chance) {
            if (chance == 0) return;
            int channel = channel(chance, 0, 0);
            add(FrameOp.PAULI_2, channel, rowX[a], rowZ[a], rowX[b], rowZ[b]);
        }

        /// The errors of a slot that somebody else draws.
        void patch(int slot, PatchErrors errors, int place, int epochs) {
            patches.add(new Patch(errors, place, epochs));
            add(FrameOp.PATCH, patches.size() - 1, rowX[slot], rowZ[slot]);
        }

        private int channel(double chance, double untilX, double untilY) {
            if (!(chance > 0 && chance <= 1)) {
                throw new IllegalArgumentException("chance is " + chance + ", expected 0 to 1");
            }
            int stream = chances.indexOf(chance);
            if (stream < 0) {
                stream = chances.size();
                chances.add(chance);
            }
            var channel =
                    new Channel(stream, Math.round(untilX * 0x1p32), Math.round(untilY * 0x1p32));
            int index = channels.indexOf(channel);
            if (index >= 0) return index;
            channels.add(channel);
            return channels.size() - 1;
        }

        /// Adds to an instruction of the same kind among the last few, if none after it names one
        /// of the rows and random numbers keep their order; else starts one.
        private void add(FrameOp op, int channel, int... named) {
            int earliest = 0;
            for (int row : named) earliest = Math.max(earliest, lastUse[row]);
            if (op.isRandom()) earliest = Math.max(earliest, lastRandom);
            if (op.isNoise()) earliest = Math.max(earliest, lastNoise);
            earliest = Math.max(earliest, instructions.size() - WINDOW);
            int at = instructions.size() - 1;
            while (at >= earliest && !extendable(instructions.get(at), op, channel)) at--;
            if (at < earliest) {
                at = instructions.size();
                instructions.add(new Instruction(op, channel));
                size += HEAD;
            }
            Instruction instruction = instructions.get(at);
            size += named.length;
            for (int row : named) {
                if (instruction.size == instruction.rows.length) {
                    instruction.rows = Arrays.copyOf(instruction.rows, 2 * instruction.size);
                }
                instruction.rows[instruction.size++] = row;
                lastUse[row] = Math.max(lastUse[row], at);
            }
            if (op.isRandom()) lastRandom = Math.max(lastRandom, at);
            if (op.isNoise()) lastNoise = Math.max(lastNoise, at);
        }

        private static boolean extendable(Instruction instruction, FrameOp op, int channel) {
            return op.arity > 0 && instruction.op == op && instruction.channel == channel;
        }

        /// The words that the instructions take.
        public long size() {
            return size;
        }

        private int[] code() {
            int[] code = new int[Math.toIntExact(size)];
            int at = 0;
            for (Instruction instruction : instructions) {
                code[at] = instruction.op.ordinal();
                code[at + 1] = at + HEAD + instruction.size;
                code[at + 2] = instruction.channel;
                for (int i = 0; i < instruction.size; i++) {
                    code[at + HEAD + i] = start(instruction.rows[i]);
                }
                at += HEAD + instruction.size;
            }
            return code;
        }
    }
}
