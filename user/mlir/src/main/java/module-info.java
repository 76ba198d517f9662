/// The qvm dialect of MLIR: graphs to its generic form and back; usable alone.
module qmk.mlir {
    requires transitive qmk.qvm;

    exports org.qmk.mlir;
}
