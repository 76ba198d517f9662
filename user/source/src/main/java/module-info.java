/// Reads a program in whatever form it comes, and verifies it.
module qmk.source {
    requires transitive qmk.qvm;
    requires transitive qmk.verifier;
    requires transitive qmk.codec;
    requires transitive qmk.qasm;
    requires transitive qmk.qec;
    requires transitive qmk.qir;
    requires transitive qmk.qsharp;
    requires transitive qmk.mlir;

    exports org.qmk.source;
}
