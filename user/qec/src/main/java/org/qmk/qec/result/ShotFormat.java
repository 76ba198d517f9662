package org.qmk.qec.result;

import java.util.Optional;

/// The formats of results.
public enum ShotFormat {
    /// A line of characters 0 and 1 a shot.
    TEXT("01"),
    /// A shot in whole bytes, the first bit the lowest.
    B8("b8"),
    /// The numbers of zeros between ones, in bytes; 255 goes on.
    R8("r8"),
    /// For 64 shots together, 8 bytes a bit.
    PTB64("ptb64"),
    /// A line with the numbers of the bits that are 1, a shot.
    HITS("hits"),
    /// A line with the names of the bits that are 1, a shot.
    DETS("dets");

    private final String word;

    ShotFormat(String word) {
        this.word = word;
    }

    /// What users write.
    public String word() {
        return word;
    }

    public static Optional<ShotFormat> of(String word) {
        for (ShotFormat format : values()) if (format.word.equals(word)) return Optional.of(format);
        return Optional.empty();
    }
}
