package org.qmk.live;

import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.generate.LayerNoise;
import org.qmk.qec.generate.MemoryNoise;
import org.qmk.qec.generate.NoisePass;
import org.qmk.qec.generate.SurfaceMemory;

/// Patches of the rotated surface code under uniform circuit noise, decoded by matching in windows.
///
/// @param distance 2 to 99; an epoch is as many rounds
/// @param chance of each kind of error, more than 0, at most 0.5
/// @param commit rounds that a window decides, at least 2
/// @param buffer rounds that it looks at besides, at least 3
public record LiveCode(int distance, double chance, int commit, int buffer) {

    public LiveCode {
        if (distance < 2 || distance > 99) {
            throw new IllegalArgumentException(
                    "the distance is %d, expected 2 to 99".formatted(distance));
        }
        if (!(chance > 0 && chance <= 0.5)) {
            throw new IllegalArgumentException(
                    "p is %s, expected more than 0, at most 0.5".formatted(chance));
        }
        if (commit < 2 || buffer < 3) {
            throw new IllegalArgumentException(
                    "windows are of %d and %d rounds, expected at least 2 and 3"
                            .formatted(commit, buffer));
        }
    }

    /// Windows that decide as many rounds as the distance and look at as many more.
    public static LiveCode surface(int distance, double chance) {
        return new LiveCode(distance, chance, Math.max(2, distance), Math.max(3, distance));
    }

    /// A memory of the given basis: that along X shows flips by Z, that along Z flips by X.
    Circuit memory(boolean alongX, int rounds) throws QecFailure {
        Circuit circuit =
                alongX
                        ? SurfaceMemory.rotatedX(distance, rounds, MemoryNoise.NONE)
                        : SurfaceMemory.rotatedZ(distance, rounds, MemoryNoise.NONE);
        return NoisePass.apply(circuit, LayerNoise.uniform(chance));
    }
}
