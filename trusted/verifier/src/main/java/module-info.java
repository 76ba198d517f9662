/// Placeholder until the module's sources arrive.
module qmk.verifier {
    requires transitive qmk.qvm;
}
