/// Quantum error correction: noisy circuits, detector error models, decoders; usable alone.
module qmk.qec {
    requires transitive qmk.sim;

    exports org.qmk.qec;
    exports org.qmk.qec.bp;
    exports org.qmk.qec.analysis;
    exports org.qmk.qec.circuit;
    exports org.qmk.qec.code;
    exports org.qmk.qec.decode;
    exports org.qmk.qec.dem;
    exports org.qmk.qec.generate;
    exports org.qmk.qec.match;
    exports org.qmk.qec.memory;
    exports org.qmk.qec.result;
    exports org.qmk.qec.sample;
}
