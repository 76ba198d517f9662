package org.qmk.simulation;

import java.util.Locale;

/// What can go wrong in a simulation, and how often in a million epochs at the level `LIGHT`.
public enum Mishap {
    DRIFT(1500),
    LINK_LOSS(1500),
    HOT_MODULE(1200),
    DECODER_OVERLOAD(1500),
    FACTORY_FAILURE(1500),
    LOST_QUBITS(2500),
    EPOCH_NOT_DONE(4000),
    DEVICE_REFUSES(150),
    LYING_DECODER(700),
    LYING_DEVICE(500),
    CRASH(0);

    final int perMillion;

    Mishap(int perMillion) {
        this.perMillion = perMillion;
    }

    /// What a summary calls it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
