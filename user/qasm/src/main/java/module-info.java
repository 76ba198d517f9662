/// OpenQASM 2 and 3 to QVM graphs and back; usable alone.
module qmk.qasm {
    requires transitive qmk.qvm;

    exports org.qmk.qasm;
}
