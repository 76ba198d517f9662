package org.qmk.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.qmk.sim.loops.AmplitudeLoops;
import org.qmk.sim.loops.LoopChoice;

/// Real and imaginary parts of up to 2^31 amplitudes outside the heap, and the sweeps over them,
/// shared among the threads of a crew. Sums are taken in blocks whose order does not depend on the
/// threads.
final class AmplitudePlanes {

    /// Cache lines, and the widest registers.
    private static final long ALIGNMENT = 64;

    /// Amplitudes that one sum is taken over before sums are added up.
    private static final int BLOCK_BITS = 12;

    /// Fewer amplitudes than this are not worth a second thread.
    private static final int SHARED_BITS = 16;

    private final Sweep sweep;
    private final Crew crew;
    private final AmplitudeLoops loops;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment re;
    private final MemorySegment im;
    private final int bits;
    // Of each member of the crew; null until it is needed.
    private final MemorySegment[] tilesRe;
    private final MemorySegment[] tilesIm;
    // What was read ahead, by member: kept so that reading is not left out as useless.
    private final double[] touched;

    /// Room for 2^bits amplitudes, all 0.
    AmplitudePlanes(int bits, Sweep sweep, Crew crew) {
        this.bits = bits;
        this.sweep = sweep;
        this.crew = crew;
        loops = LoopChoice.amplitudes(sweep.precision());
        re = allocate(bits);
        im = allocate(bits);
        tilesRe = new MemorySegment[crew.size()];
        tilesIm = new MemorySegment[crew.size()];
        touched = new double[crew.size()];
    }

    private MemorySegment allocate(int amplitudeBits) {
        return arena.allocate((long) sweep.precision().bytes() << amplitudeBits, ALIGNMENT);
    }

    /// The bits of an index that there is room for.
    int bits() {
        return bits;
    }

    /// Gives the memory back. Nothing may use this any more.
    void close() {
        arena.close();
    }

    /// Makes amplitudes from `start` on 0.
    void zero(long start, long count) {
        int bytes = sweep.precision().bytes();
        re.asSlice(start * bytes, count * bytes).fill((byte) 0);
        im.asSlice(start * bytes, count * bytes).fill((byte) 0);
    }

    /// Makes amplitude 0 equal to 1.
    void setFirstToOne() {
        loops.set(re, 0, 1);
        loops.set(im, 0, 0);
    }

    void copyFrom(AmplitudePlanes other, long count) {
        long bytes = count * sweep.precision().bytes();
        MemorySegment.copy(other.re, 0, re, 0, bytes);
        MemorySegment.copy(other.im, 0, im, 0, bytes);
    }

    double re(long index) {
        return loops.get(re, index);
    }

    double im(long index) {
        return loops.get(im, index);
    }

    double weight(long index) {
        return loops.weight(re, im, index);
    }

    /// Applies operations to the first 2^width amplitudes.
    void apply(List<PassOp> ops, int width) {
        for (Pass pass : Pass.plan(ops, width, sweep)) apply(pass, width);
    }

    private void apply(Pass pass, int width) {
        if (pass.isContiguous()) {
            int tileBits = pass.places().length;
            share(
                    1 << width - tileBits,
                    width,
                    (member, tile) -> {
                        long start = (long) tile << tileBits;
                        if (pass.isLoneMatrix()) {
                            sweepTile(pass, member, start, 1 << tileBits);
                        } else {
                            touch(member, start, 1L << tileBits);
                            applyTo(pass, re, im, start, tile << tileBits);
                        }
                    });
        } else if (pass.isLoneMatrix()) {
            sweepPairs((PassOp.Matrix) pass.parts().getFirst().ops().getFirst().op(), pass, width);
        } else {
            gather(pass, width);
        }
    }

    private void share(int tasks, int width, Crew.Task task) {
        if (width < SHARED_BITS) {
            for (int i = 0; i < tasks; i++) task.run(0, i);
        } else {
            crew.run(tasks, task);
        }
    }

    /// One matrix on a tile of neighbours. Where it brings together amplitudes of several cache
    /// lines, these are read in order first: the memory is up to twice as fast with one stream as
    /// with two close to each other.
    private void sweepTile(Pass pass, int member, long start, int length) {
        var matrix = (PassOp.Matrix) pass.parts().getFirst().ops().getFirst().op();
        int bit = matrix.bit();
        int piece = Math.min(length, Math.max(2 * bit, 2 << sweep.innerBits()));
        boolean touches = bit * sweep.precision().bytes() >= 2 * ALIGNMENT;
        for (int at = 0; at < length; at += piece) {
            if (touches) touch(member, start + at, piece);
            loops.matrix(re, im, start + at, piece, bit, matrix.m());
        }
    }

    private void touch(int member, long start, long count) {
        touched[member] = loops.touch(re, start, count) + loops.touch(im, start, count);
    }

    /// One matrix on a bit that no tile of neighbours has: nothing is gathered.
    private void sweepPairs(PassOp.Matrix matrix, Pass pass, int width) {
        long bit = 1L << pass.places()[Integer.numberOfTrailingZeros(matrix.bit())];
        long count = Math.min(bit, 1L << sweep.tileBits());
        share(
                (int) ((1L << width - 1) / count),
                width,
                (_, task) -> {
                    long k = task * count;
                    long i = k + (k & -bit);
                    loops.matrixPairs(re, im, i, i + bit, count, matrix.m());
                });
    }

    private void gather(Pass pass, int width) {
        int[] places = pass.places();
        int runBits = 0;
        while (runBits < places.length && places[runBits] == runBits) runBits++;
        int tileBits = places.length;
        long[] runs = new long[1 << tileBits - runBits];
        long active = 0;
        for (int place : places) active |= 1L << place;
        for (int run = 0; run < runs.length; run++) {
            for (int place = runBits; place < tileBits; place++) {
                if ((run >>> place - runBits & 1) != 0) runs[run] |= 1L << places[place];
            }
        }
        long others = (1L << width) - 1 & ~active;
        int runLength = 1 << runBits;
        share(
                1 << width - tileBits,
                width,
                (member, tile) -> {
                    long base = Long.expand(tile, others);
                    MemorySegment tileRe = tile(tilesRe, member);
                    MemorySegment tileIm = tile(tilesIm, member);
                    for (int run = 0; run < runs.length; run++) {
                        copy(re, base | runs[run], tileRe, (long) run * runLength, runLength);
                    }
                    for (int run = 0; run < runs.length; run++) {
                        copy(im, base | runs[run], tileIm, (long) run * runLength, runLength);
                    }
                    applyTo(pass, tileRe, tileIm, 0, (int) base);
                    for (int run = 0; run < runs.length; run++) {
                        copy(tileRe, (long) run * runLength, re, base | runs[run], runLength);
                    }
                    for (int run = 0; run < runs.length; run++) {
                        copy(tileIm, (long) run * runLength, im, base | runs[run], runLength);
                    }
                });
    }

    private MemorySegment tile(MemorySegment[] tiles, int member) {
        if (tiles[member] == null) tiles[member] = allocate(sweep.tileBits());
        return tiles[member];
    }

    private void copy(MemorySegment from, long at, MemorySegment to, long place, int count) {
        int bytes = sweep.precision().bytes();
        MemorySegment.copy(from, at * bytes, to, place * bytes, (long) count * bytes);
    }

    /// Applies a pass to a tile.
    ///
    /// @param start where the tile starts in the planes given
    /// @param outside the bits of the tile's first index
    private void applyTo(
            Pass pass, MemorySegment tileRe, MemorySegment tileIm, long start, int outside) {
        int length = 1 << pass.places().length;
        for (Pass.Part part : pass.parts()) {
            int inner = part.inner() ? Math.min(length, 1 << sweep.innerBits()) : length;
            for (int at = 0; at < length; at += inner) {
                for (Pass.TileOp op : part.ops()) {
                    applyTo(op, tileRe, tileIm, start, at, inner, outside);
                }
            }
        }
    }

    private void applyTo(
            Pass.TileOp tileOp,
            MemorySegment tileRe,
            MemorySegment tileIm,
            long start,
            int at,
            int length,
            int outside) {
        int beyond = tileOp.outside();
        switch (tileOp.op()) {
            case PassOp.Matrix(var bit, var m) ->
                    loops.matrix(tileRe, tileIm, start + at, length, bit, m);
            case PassOp.Phase(var ones, var c, var s) -> {
                int high = ones & -length;
                if ((outside & beyond) != beyond || (at & high) != high) return;
                loops.phase(tileRe, tileIm, start + at, length, ones & length - 1, c, s);
            }
            case PassOp.Parity(var z, var f) -> {
                int odd = Integer.bitCount(outside & beyond) + Integer.bitCount(at & z & -length);
                double[] factors = (odd & 1) == 0 ? f : new double[] {f[2], f[3], f[0], f[1]};
                loops.parity(tileRe, tileIm, start + at, length, z & length - 1, factors);
            }
            case PassOp.Exchange(var mixing, var from, var ones) -> {
                int high = ones & -length;
                if ((outside & beyond) != beyond || (at & high) != high) return;
                int low = ones & length - 1;
                loops.exchange(tileRe, tileIm, start + at, length, mixing, from, low);
            }
        }
    }

    /// Squared norms of the parts with an even and an odd number of the bits of `z`.
    double[] norms(int z, int width) {
        int blockBits = Math.min(width, BLOCK_BITS);
        int blocks = 1 << width - blockBits;
        double[] even = new double[blocks];
        double[] odd = new double[blocks];
        int low = z & (1 << blockBits) - 1;
        double[][] sums = new double[crew.size()][16];
        int group = Math.max(1, blocks >>> 8);
        share(
                blocks / group,
                width,
                (member, task) -> {
                    for (int block = task * group; block < (task + 1) * group; block++) {
                        long start = (long) block << blockBits;
                        loops.norms(re, im, start, 1L << blockBits, low, sums[member]);
                        boolean flips = (Long.bitCount(start & z) & 1) != 0;
                        even[block] = sums[member][flips ? 1 : 0];
                        odd[block] = sums[member][flips ? 0 : 1];
                    }
                });
        double[] norms = new double[2];
        for (int block = 0; block < blocks; block++) {
            norms[0] += even[block];
            norms[1] += odd[block];
        }
        return norms;
    }

    /// The reduced density matrix of one bit, as `AmplitudeLoops.reduced` has it.
    double[] reduced(int bit, int width) {
        int blockBits = Math.min(width - 1, BLOCK_BITS);
        int blocks = 1 << width - 1 - blockBits;
        double[][] parts = new double[blocks][4];
        share(
                blocks,
                width,
                (_, block) -> {
                    long first = (long) block << blockBits;
                    loops.reduced(re, im, first, 1L << blockBits, bit, parts[block]);
                });
        double[] matrix = new double[4];
        for (double[] part : parts) for (int i = 0; i < 4; i++) matrix[i] += part[i];
        return matrix;
    }

    /// The sums of squared moduli of amplitudes 0 to 2^shift - 1, to 2 * 2^shift - 1, and so on.
    double[] cumulative(int shift, int width) {
        int blocks = 1 << Math.max(0, width - shift);
        int blockBits = Math.min(shift, width);
        double[] sums = new double[blocks];
        double[][] norms = new double[crew.size()][16];
        int group = Math.max(1, blocks >>> 8);
        share(
                blocks / group,
                width,
                (member, task) -> {
                    for (int block = task * group; block < (task + 1) * group; block++) {
                        long start = (long) block << blockBits;
                        loops.norms(re, im, start, 1L << blockBits, 0, norms[member]);
                        sums[block] = norms[member][0];
                    }
                });
        for (int block = 1; block < blocks; block++) sums[block] += sums[block - 1];
        return sums;
    }
}
