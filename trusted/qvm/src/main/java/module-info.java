/// The QVM bytecode: opcode table, columnar graph, canonical encoding and digest.
module qmk.qvm {
    exports org.qmk.qvm;
}
