/// QIR, the LLVM IR of quantum programs, to QVM graphs and back; usable alone.
module qmk.qir {
    requires transitive qmk.qvm;

    exports org.qmk.qir;
}
