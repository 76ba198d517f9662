/// Resource estimates in closed form; usable alone.
module qmk.estimate {
    requires transitive qmk.machine;
    requires transitive qmk.qvm;
    requires transitive tools.jackson.databind;

    exports org.qmk.estimate;
}
