/// Reads a program in whatever form it comes, and verifies it.
module qmk.source {
    requires transitive qmk.qvm;
    requires transitive qmk.verifier;
    requires transitive qmk.codec;
    requires transitive qmk.qasm;
    requires transitive qmk.qir;

    exports org.qmk.source;
}
