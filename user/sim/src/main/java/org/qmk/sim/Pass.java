package org.qmk.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Operations that are applied together, tile by tile. A tile has all values of the active bits of
/// an index and one value of the others.
///
/// @param places the active bits' numbers, by their place in a tile's index
/// @param parts what to do, in this order
record Pass(int[] places, List<Part> parts) {

    /// Operations of a pass, in order.
    ///
    /// @param inner whether they can be applied to inner tiles one after the other
    record Part(boolean inner, List<TileOp> ops) {}

    /// @param op masks are those of an index in the tile
    /// @param outside bits of the whole index that the operation depends on besides
    record TileOp(PassOp op, int outside) {}

    /// Whether tiles are neighbours in memory.
    boolean isContiguous() {
        for (int place = 0; place < places.length; place++) {
            if (places[place] != place) return false;
        }
        return true;
    }

    /// Whether all there is to do is one matrix.
    boolean isLoneMatrix() {
        return parts.size() == 1
                && parts.getFirst().ops().size() == 1
                && parts.getFirst().ops().getFirst().op() instanceof PassOp.Matrix;
    }

    /// Divides operations into passes.
    ///
    /// @param width bits of an index
    static List<Pass> plan(List<PassOp> ops, int width, Sweep sweep) {
        List<Pass> passes = new ArrayList<>();
        List<PassOp> rest = ops;
        while (!rest.isEmpty()) {
            int active = activeFor(rest, width, sweep);
            List<PassOp> taken = new ArrayList<>();
            List<PassOp> left = new ArrayList<>();
            divide(rest, active, taken, left);
            passes.add(of(taken, active, width, sweep));
            rest = left;
        }
        return passes;
    }

    /// Which bits to make active: those that come free, being neighbours, and then one by one
    /// that by which most operations more can be done.
    private static int activeFor(List<PassOp> ops, int width, Sweep sweep) {
        int tileBits = Math.min(width, sweep.tileBits());
        if (tileBits == width) return mask(width);
        int first = ops.getFirst().mixing();
        int runs = Math.min(sweep.runBits(), tileBits - Integer.bitCount(first));
        int active = mask(runs) | first;
        while (Integer.bitCount(active) < tileBits) {
            int best = 0;
            int bestGain = -1;
            for (int bit = 0; bit < width; bit++) {
                if ((active >>> bit & 1) != 0) continue;
                int gain = gain(ops, active | 1 << bit);
                if (gain > bestGain) {
                    best = 1 << bit;
                    bestGain = gain;
                }
            }
            active |= best;
        }
        int used = 0;
        List<PassOp> taken = new ArrayList<>();
        divide(ops, active, taken, new ArrayList<>());
        for (PassOp op : taken) used |= op.mixing();
        return used >>> tileBits == 0 ? mask(tileBits) : active;
    }

    private static int mask(int bits) {
        return (int) ((1L << bits) - 1);
    }

    /// What can be done with some bits active: operations that mix bits count twice.
    private static int gain(List<PassOp> ops, int active) {
        int gain = 0;
        int waitingMixing = 0;
        int waitingSteady = 0;
        for (PassOp op : ops) {
            int mixing = op.mixing();
            int steady = op.steady();
            if (fits(mixing, steady, active, waitingMixing, waitingSteady)) {
                gain += mixing == 0 ? 1 : 2;
            } else {
                waitingMixing |= mixing;
                waitingSteady |= steady;
            }
        }
        return gain;
    }

    /// Takes the operations that can be done with some bits active, leaving those that mix others
    /// and those that do not commute with what was left before.
    private static void divide(
            List<PassOp> ops, int active, List<PassOp> taken, List<PassOp> left) {
        int waitingMixing = 0;
        int waitingSteady = 0;
        for (PassOp op : ops) {
            int mixing = op.mixing();
            int steady = op.steady();
            if (fits(mixing, steady, active, waitingMixing, waitingSteady)) {
                taken.add(op);
            } else {
                waitingMixing |= mixing;
                waitingSteady |= steady;
                left.add(op);
            }
        }
    }

    private static boolean fits(
            int mixing, int steady, int active, int waitingMixing, int waitingSteady) {
        return (mixing & ~active) == 0
                && ((mixing | steady) & waitingMixing) == 0
                && (mixing & waitingSteady) == 0;
    }

    private static Pass of(List<PassOp> ops, int active, int width, Sweep sweep) {
        int[] places = places(ops, active, Math.min(width, sweep.tileBits()), sweep);
        int inner = 0;
        for (int place = 0; place < Math.min(places.length, sweep.innerBits()); place++) {
            inner |= 1 << places[place];
        }
        List<Part> parts = new ArrayList<>();
        List<PassOp> rest = ops;
        while (!rest.isEmpty()) {
            List<PassOp> taken = new ArrayList<>();
            List<PassOp> left = new ArrayList<>();
            divide(rest, inner, taken, left);
            if (!taken.isEmpty()) parts.add(new Part(true, located(taken, places)));
            List<PassOp> after = new ArrayList<>();
            List<PassOp> wide = new ArrayList<>();
            for (PassOp op : left) {
                boolean isWide = (op.mixing() & ~inner) != 0;
                int[] waiting = waiting(after);
                if (isWide && fits(op.mixing(), op.steady(), -1, waiting[0], waiting[1])) {
                    wide.add(op);
                } else {
                    after.add(op);
                }
            }
            if (!wide.isEmpty()) parts.add(new Part(false, located(wide, places)));
            rest = after;
        }
        return new Pass(places, parts);
    }

    private static int[] waiting(List<PassOp> ops) {
        int[] masks = new int[2];
        for (PassOp op : ops) {
            masks[0] |= op.mixing();
            masks[1] |= op.steady();
        }
        return masks;
    }

    /// Neighbours keep their places; of the others those with most to do come first, so that it
    /// can be done in inner tiles.
    private static int[] places(List<PassOp> ops, int active, int tileBits, Sweep sweep) {
        int[] work = new int[32];
        for (PassOp op : ops) {
            for (int rest = op.mixing(); rest != 0; rest &= rest - 1) {
                work[Integer.numberOfTrailingZeros(rest)]++;
            }
        }
        int[] places = new int[tileBits];
        int count = 0;
        for (int bit = 0; bit < 32; bit++) {
            if ((active >>> bit & 1) != 0) places[count++] = bit;
        }
        if (active == mask(tileBits)) return places;
        int fixed = 0;
        while (fixed < sweep.runBits() && fixed < tileBits && places[fixed] == fixed) fixed++;
        for (int i = fixed + 1; i < tileBits; i++) {
            int bit = places[i];
            int j = i;
            for (; j > fixed && work[places[j - 1]] < work[bit]; j--) places[j] = places[j - 1];
            places[j] = bit;
        }
        return places;
    }

    private static List<TileOp> located(List<PassOp> ops, int[] places) {
        int[] placeOf = new int[32];
        Arrays.fill(placeOf, -1);
        for (int place = 0; place < places.length; place++) placeOf[places[place]] = place;
        List<TileOp> located = new ArrayList<>();
        for (PassOp op : ops) {
            int outside = 0;
            for (int rest = op.steady(); rest != 0; rest &= rest - 1) {
                int bit = Integer.numberOfTrailingZeros(rest);
                if (placeOf[bit] < 0) outside |= 1 << bit;
            }
            PassOp moved =
                    switch (op) {
                        case PassOp.Matrix(var bit, var m) ->
                                new PassOp.Matrix(moved(bit, placeOf), m);
                        case PassOp.Phase(var ones, var c, var s) ->
                                new PassOp.Phase(moved(ones, placeOf), c, s);
                        case PassOp.Parity(var z, var factors) ->
                                new PassOp.Parity(moved(z, placeOf), factors);
                        case PassOp.Exchange(var mixing, var from, var ones) ->
                                new PassOp.Exchange(
                                        moved(mixing, placeOf),
                                        moved(from, placeOf),
                                        moved(ones, placeOf));
                    };
            located.add(new TileOp(moved, outside));
        }
        return located;
    }

    private static int moved(int mask, int[] placeOf) {
        int moved = 0;
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            int place = placeOf[Integer.numberOfTrailingZeros(rest)];
            if (place >= 0) moved |= 1 << place;
        }
        return moved;
    }
}
