package org.qmk.sim;

/// A gate that maps every basis state to one basis state: it changes keys or turns amplitudes and
/// makes no entry come or go. Runs of such gates go over the entries block by block.
sealed interface SparsePass {

    /// Applies the gate to some entries.
    void apply(SparseEntries entries, int from, int to);

    /// X on every slot of a mask.
    record Flip(long[] mask) implements SparsePass {
        @Override
        public void apply(SparseEntries entries, int from, int to) {
            for (int word = 0; word < mask.length; word++) {
                long flips = mask[word];
                if (flips == 0) continue;
                long[] keys = entries.keys(word);
                for (int i = from; i < to; i++) keys[i] ^= flips;
            }
        }
    }

    /// X on a slot where two others, which may be the same, are both 1.
    record Toggle(int first, int second, int target) implements SparsePass {
        @Override
        public void apply(SparseEntries entries, int from, int to) {
            long[] a = entries.keys(first >>> 6);
            long[] b = entries.keys(second >>> 6);
            long[] keys = entries.keys(target >>> 6);
            for (int i = from; i < to; i++) {
                keys[i] ^= (a[i] >>> first & b[i] >>> second & 1) << target;
            }
        }
    }

    /// Exchanges two slots.
    record Exchange(int first, int second) implements SparsePass {
        @Override
        public void apply(SparseEntries entries, int from, int to) {
            long[] a = entries.keys(first >>> 6);
            long[] b = entries.keys(second >>> 6);
            for (int i = from; i < to; i++) {
                long differs = (a[i] >>> first ^ b[i] >>> second) & 1;
                a[i] ^= differs << first;
                b[i] ^= differs << second;
            }
        }
    }

    /// Multiplies by c + i s where three slots, which may be the same, are all 1.
    record Phase(int first, int second, int third, double c, double s) implements SparsePass {
        @Override
        public void apply(SparseEntries entries, int from, int to) {
            long[] x = entries.keys(first >>> 6);
            long[] y = entries.keys(second >>> 6);
            long[] z = entries.keys(third >>> 6);
            double[] re = entries.re();
            double[] im = entries.im();
            for (int i = from; i < to; i++) {
                if ((x[i] >>> first & y[i] >>> second & z[i] >>> third & 1) == 0) continue;
                double a = re[i];
                re[i] = c * a - s * im[i];
                im[i] = c * im[i] + s * a;
            }
        }
    }

    /// Multiplies by c - i s Z, Z being the product of Z on every slot of a mask.
    record Turn(long[] mask, double c, double s) implements SparsePass {
        @Override
        public void apply(SparseEntries entries, int from, int to) {
            double[] re = entries.re();
            double[] im = entries.im();
            for (int i = from; i < to; i++) {
                double v = entries.isOdd(i, mask) ? s : -s;
                double a = re[i];
                re[i] = c * a - v * im[i];
                im[i] = c * im[i] + v * a;
            }
        }
    }
}
