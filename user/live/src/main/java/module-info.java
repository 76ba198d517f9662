/// Logical errors and decoding times of patches whose syndromes are sampled and decoded.
module qmk.live {
    requires transitive qmk.machine;
    requires transitive qmk.qec;
    requires transitive qmk.sim;

    exports org.qmk.live;
}
