/// Q# programs, compiled by the package qsharp-lang in a process of its own; usable alone.
module qmk.qsharp {
    requires transitive qmk.qvm;
}
