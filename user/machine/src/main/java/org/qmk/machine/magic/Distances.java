package org.qmk.machine.magic;

/// Distances of a block of distillation.
///
/// @param x against X errors of its outputs
/// @param z against Z errors of its checks
/// @param m in time, and of the regions between patches
public record Distances(int x, int z, int m) {
    public Distances {
        if (x < 1 || z < 1 || m < 1) {
            throw new IllegalArgumentException(
                    "distances are %d, %d, %d, expected 1 or more".formatted(x, z, m));
        }
    }
}
