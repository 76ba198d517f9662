package org.qmk.device;

/// A run of neighbouring blocks.
///
/// @param start number of the first block
/// @param length number of blocks, 1 or more
public record Extent(int start, int length) {
    public Extent {
        if (start < 0 || length < 1 || start > Integer.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "extent of "
                            + length
                            + " blocks at "
                            + start
                            + ", expected 1 or more at 0 or more");
        }
    }

    /// Number of the block past the last.
    public int end() {
        return start + length;
    }
}
