/// Ports to the machine below, and the plain values that cross them.
module qmk.device {
    requires transitive qmk.qvm;

    exports org.qmk.device;
}
