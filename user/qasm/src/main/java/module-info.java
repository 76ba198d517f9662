/// Placeholder until the module's sources arrive.
module qmk.qasm {
    requires transitive qmk.qvm;
}
