/// Resource estimates in closed form; usable alone.
module qmk.estimate {
    requires transitive qmk.machine;
}
