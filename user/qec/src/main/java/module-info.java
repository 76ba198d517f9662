/// Quantum error correction: noisy circuits, detector error models, decoders; usable alone.
module qmk.qec {
    requires transitive qmk.sim;
}
