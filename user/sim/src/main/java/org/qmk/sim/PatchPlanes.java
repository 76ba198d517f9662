package org.qmk.sim;

/// What somebody else drew for the patches of a program, shot by shot, drawn when first asked for.
final class PatchPlanes {

    private final NoiseList noise;
    private final Shots shots;
    private final long firstBatch;

    // By number of the patch: which error it is in the list; and by that number twice, one more for
    // Z, its plane from the first batch on, or nothing where it was not asked for.
    private final int[] errors;
    private final long[][] planes;

    PatchPlanes(NoiseList noise, Shots shots) {
        this.noise = noise;
        this.shots = shots;
        firstBatch = shots.first() / PatchErrors.SHOTS;
        errors = new int[noise.patchCount()];
        for (int error = 0; error < noise.size(); error++) {
            if (noise.kind(error) == NoiseList.Kind.PATCH) errors[noise.patch(error)] = error;
        }
        planes = new long[2 * errors.length][];
    }

    /// @param drawn twice the number of the patch, one more for Z
    /// @param shot counted from the first one
    boolean bit(int drawn, int shot) {
        if (planes[drawn] == null) draw(drawn >> 1);
        long at = shots.first() + shot - firstBatch * PatchErrors.SHOTS;
        return (planes[drawn][(int) (at >>> 6)] >>> at & 1) != 0;
    }

    private void draw(int patch) {
        int words = PatchErrors.SHOTS / 64;
        long last = (shots.first() + shots.count() - 1) / PatchErrors.SHOTS;
        int batches = (int) (last - firstBatch + 1);
        long[] x = new long[batches * words];
        long[] z = new long[batches * words];
        long[] batchX = new long[words];
        long[] batchZ = new long[words];
        for (int i = 0; i < batches; i++) {
            int epochs = noise.epochs(errors[patch]);
            noise.patches().draw(shots.seed(), firstBatch + i, patch, epochs, batchX, batchZ);
            System.arraycopy(batchX, 0, x, i * words, words);
            System.arraycopy(batchZ, 0, z, i * words, words);
        }
        planes[2 * patch] = x;
        planes[2 * patch + 1] = z;
    }
}
