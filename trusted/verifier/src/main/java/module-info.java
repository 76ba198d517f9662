/// Decides whether a graph may reach the kernel.
module qmk.verifier {
    requires transitive qmk.qvm;

    exports org.qmk.verifier;
}
